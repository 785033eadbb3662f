import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { inRepository } from "../../tools/paths";
import { NODE_LINES, nodeOf } from "../../tools/setup/nodeLines";
import { stackOutputs } from "../contracts/stackOutputsExample";
import { FakeStream } from "./fakeStream";
import { type RecordedStack, recordStack } from "./recordedStack";

const EVENT = '{"event_id":"1","user_id":"u","text":"good","created_at":"2026-11-24T10:00:00Z"}';

for (const line of NODE_LINES) {
  const node = nodeOf(line);
  // There are platforms that nobody packs this line for.
  (node === undefined ? describe.skip : describe)(`npm run produce on Node ${line}`, () => {
    let folder: string;
    let stack: RecordedStack;
    let stream: FakeStream;
    let endpoint: string;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "produce-"));
      stack = recordStack(folder, { streamingMl: stackOutputs });
    });

    after(() => rmSync(folder, { recursive: true, force: true }));

    beforeEach(async () => {
      stream = new FakeStream(2);
      endpoint = await stream.start();
    });

    afterEach(() => stream.stop());

    async function produce(content: Buffer | string, ...more: string[]) {
      const file = join(folder, "posts.jsonl");
      writeFileSync(file, content);
      const child = spawn(
        node!,
        [
          ...["-r", "tsx/cjs", "ops/produce.ts", "--stack", "dev"],
          ...["--project-directory", stack.folder, "--file", file, ...more],
        ],
        {
          cwd: inRepository(),
          env: {
            ...process.env,
            ...stack.environment,
            AWS_ENDPOINT_URL: endpoint,
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
          },
        },
      );
      const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
      const [said, errors, code] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        exit,
      ]);
      return { code, said, errors: errors.replaceAll(file, "posts.jsonl") };
    }

    it("sends the bytes that the file holds, each line as it is", async () => {
      const posts = [
        Buffer.from(EVENT.replace("good", "first\u2028second\u2029third\u0085")),
        Buffer.from(EVENT.replace("good", "caf\u00e9 \u0080"), "latin1"),
        Buffer.from('{"event_id": '),
        Buffer.from(EVENT),
      ];
      const content = Buffer.concat([
        Buffer.from("\ufeff"),
        ...posts.flatMap((post) => [post, Buffer.from("\r\n")]),
      ]);
      const { code, said } = await produce(content);
      expect(stream.records.map((record) => record.toString("hex"))).to.deep.equal(
        posts.map((post) => post.toString("hex")),
      );
      expect(code).to.equal(0);
      expect(said).to.equal("4 records are in the stream events-1.\n");
    });

    it("names what the stream does not take by file and line, sends the rest, and exits with 1", async () => {
      const large = EVENT.replace("good", "x".repeat(2048));
      const { code, said, errors } = await produce([EVENT, "", large, EVENT, "{}"].join("\n"));
      expect(stream.records.map(String)).to.deep.equal([EVENT, EVENT, "{}"]);
      expect(code).to.equal(1);
      expect(said).to.equal("3 records are in the stream events-1.\n");
      expect(errors).to.equal(
        "posts.jsonl, line 3 was not sent: it is larger than the 2048 bytes that the stream takes.\n" +
          "One line of posts.jsonl could not be sent: see above.\n",
      );
    });

    it("sends only what holds to the contract where it is asked to, and names the others", async () => {
      const { code, errors } = await produce(`${EVENT}\n{}\n${EVENT}\n`, "--validate");
      expect(stream.records).to.have.length(2);
      expect(code).to.equal(1);
      expect(errors).to.match(
        /^posts.jsonl, line 2 was not sent: event_id is refused as missing_field \(.*\)\.\nOne line of/,
      );
    });

    it("refuses a file without lines of JSON in one sentence", async () => {
      const { code, errors } = await produce(Buffer.from(`\ufeff${EVENT}\n`, "utf16le"));
      expect(stream.records).to.deep.equal([]);
      expect(code).to.equal(1);
      expect(errors).to.equal(
        "posts.jsonl is text in UTF-16, not lines of JSON in UTF-8; nothing was sent. " +
          "Send what iconv -f UTF-16 -t UTF-8 makes of it.\n",
      );
    });

    it("says in one sentence that it cannot read a file, or write to the stream", async () => {
      const missing = await produce("", "--file", join(folder, "none.jsonl"));
      expect(missing.errors).to.match(/none\.jsonl cannot be read: ENOENT: .*\.\n$/);
      await stream.stop();
      const gone = await produce(EVENT);
      expect(gone.code).to.equal(1);
      expect(gone.errors).to.match(
        /^AWS does not say which account your credentials are for: .*\.\n$/,
      );
    });
  });
}
