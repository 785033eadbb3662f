import { expect } from "chai";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { json } from "node:stream/consumers";

import { findPulumi } from "../../local/engine/commandLine";
import { installPlugins } from "../../local/engine/plugins";
import { inRepository } from "../../tools/paths";
import { NODE_LINES, nodeOf } from "../../tools/setup/nodeLines";
import { stackOutputs } from "../contracts/stackOutputsExample";
import { recordStack } from "../ops/recordedStack";
import { commandsOf, copyExample, type Ended, runCommands } from "./readme";

describe("examples", () => {
  it("each have a test here", () => {
    expect(readdirSync(inRepository("examples")).sort()).to.deep.equal([
      "adapters",
      "clicks",
      "consumer",
    ]);
  });
});

describe("examples/consumer, as its README says", () => {
  let folder: string;
  let preview: string;
  let classify: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "consumer-"));
    [preview, classify] = commandsOf(copyExample(folder, "consumer"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The README's preview against a stack `dev` with these outputs. */
  async function plan(commands: string, outputs: object): Promise<Ended> {
    const state = mkdtempSync(join(folder, "backend-"));
    await installPlugins(join(state, "home"));
    const { environment } = recordStack(state, outputs);
    return runCommands(folder, commands, {
      ...environment,
      PATH: [dirname(findPulumi()), process.env.PATH].join(delimiter),
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    });
  }

  it("plans its own program with the stack's outputs", async () => {
    const { code, said } = await plan(preview, { streamingMl: stackOutputs });
    expect(code, said).to.equal(0);
    expect(said)
      .to.contain("aws:iam:RolePolicy posts-service-produces create")
      .and.contain('API_URL     : "https://api.example/live"')
      .and.contain("+ 3 to create");
  });

  const planned = "Diagnostics:\n  pulumi:pulumi:Stack (posts-service-consumer):\n    error: ";

  it("says in a sentence that a stack is not deployed", async () => {
    const { code, said } = await plan(preview, {});
    expect(code).to.not.equal(0);
    expect(said.split("\n\nResources:")[0].slice(said.indexOf(planned))).to.equal(
      `${planned}The referenced streaming-ml stack has no output "streamingMl". Deploy it first: pulumi up on that stack.`,
    );
    expect(said).to.not.contain("posts-service create");
  });

  it("says in a sentence that a stack is not there", async () => {
    const { code, said } = await plan(preview.replace("streaming-ml/dev", "streaming-ml/none"), {});
    expect(code).to.not.equal(0);
    expect(said)
      .to.contain('unknown stack "organization/streaming-ml/none"')
      .and.not.contain("    at ");
  });

  describe("asks for predictions", () => {
    let server: Server;
    const asked: unknown[][] = [];

    before((done) => {
      server = createServer((request, response) => {
        void json(request).then((body) => {
          const { instances } = body as { instances: unknown[] };
          asked.push(instances);
          const prediction = { label: "positive", scores: [0.1, 0.2, 0.7] };
          response.setHeader("content-type", "application/json");
          response.end(JSON.stringify({ predictions: instances.map(() => prediction) }));
        });
      });
      server.listen(0, "127.0.0.1", done);
    });

    after((done) => {
      server.close(done);
    });

    beforeEach(() => {
      asked.length = 0;
    });

    function ask(commands: string, environment: Record<string, string> = {}): Promise<Ended> {
      const { port } = server.address() as AddressInfo;
      return runCommands(folder, commands, {
        API_URL: `http://127.0.0.1:${port}`,
        API_KEY: "key",
        ...environment,
      });
    }

    /** The README's last command with other instances. */
    function askAbout(instances: Buffer | string, environment?: Record<string, string>) {
      writeFileSync(join(folder, "examples", "consumer", "instances.jsonl"), instances);
      return ask(classify.replace(/^printf.*$/m, ""), environment);
    }

    it("for every line that is not blank", async () => {
      const { code, said, errors } = await ask(classify);
      expect(errors).to.equal("");
      expect(code).to.equal(0);
      expect(asked.map(({ length }) => length)).to.deep.equal([2]);
      expect(said.trimEnd().split("\n")).to.have.length(2);
    });

    for (const line of NODE_LINES) {
      const node = nodeOf(line);
      // There are platforms that nobody packs this line for.
      (node === undefined ? it.skip : it)(`of what a line feed ends, on Node ${line}`, async () => {
        const { errors } = await askAbout('{"text": "one\u2028line"}\n{"text": "caf\u00e9"}', {
          PATH: [dirname(node!), process.env.PATH].join(delimiter),
        });
        expect(errors).to.equal("");
        expect(asked).to.deep.equal([[{ text: "one\u2028line" }, { text: "caf\u00e9" }]]);
      });
    }

    it("of no text in another encoding", async () => {
      const { code, errors } = await askAbout(Buffer.from('{}\n{"text": "caf\u00e9"}', "latin1"));
      expect(code).to.equal(1);
      expect(errors).to.equal(
        "Line 2 must hold one instance as JSON: its bytes are not UTF-8 text\n",
      );
      expect(asked).to.deep.equal([]);
    });
  });
});
