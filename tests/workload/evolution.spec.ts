/** Changes a deployed contract with the real engine; proves what the engine does, not what AWS would. */
import { expect } from "chai";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Plan } from "../../local/engine/plan";
import { OfflineStack } from "../../local/engine/stack";
import { createRunDirectory } from "../../local/environment/run";

const OPTIONAL = { type: ["string", "null"] };

function schema(properties: object): string {
  return JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Boxes",
    type: "object",
    required: ["box"],
    properties: { box: { type: "string", "x-use": "identity" }, ...properties },
  });
}

const changed = ({ resources }: Plan) =>
  resources
    .filter(({ type, operation }) => operation !== "same" && !type.startsWith("pulumi:"))
    .map(({ name, operation }) => `${operation} ${name}`)
    .sort();

describe("a deployed contract, under the real engine", function () {
  this.timeout(180_000);
  let runDirectory: string;
  let stack: OfflineStack;

  before(async () => {
    runDirectory = createRunDirectory("contract-test");
    stack = await OfflineStack.open({
      stack: "local",
      runDirectory,
      programFolder: join(__dirname, "program"),
      config: {
        "streaming-ml:lakeVersion": "1",
        "streaming-ml:schema": schema({ colour: OPTIONAL, weight: { type: ["number", "null"] } }),
      },
    });
    await stack.up();
  });

  after(() => rmSync(runDirectory, { recursive: true, force: true }));

  /** What the engine remembers of the contract and of its tables. */
  function resources(): unknown {
    const path = join(stack.run.state, ".pulumi", "stacks", "streaming-ml", "local.json");
    const state = JSON.parse(readFileSync(path, "utf8")) as {
      checkpoint: { latest: { resources: { type: string; inputs: unknown; outputs: unknown }[] } };
    };
    return state.checkpoint.latest.resources
      .filter(({ type }) => /DeployedContract$|catalogTable/.test(type))
      .map(({ type, inputs, outputs }) => ({ type, inputs, outputs }));
  }

  it("changes in place with the tables, with a warning of what is tighter", async () => {
    await stack.setConfig({
      "streaming-ml:schema": schema({
        colour: { ...OPTIONAL, maxLength: 9 },
        weight: { type: ["number", "null"] },
        site: OPTIONAL,
      }),
    });
    const plan = await stack.up();
    expect(changed(plan)).to.deep.equal([
      "update event-contract",
      "update lake-events",
      "update lake-history",
    ]);
    expect(plan.warnings).to.deep.equal([
      "The event contract becomes tighter:\n" +
        "  - colour: maximumLength is 9 instead of none: events with other values, which were accepted before, go to quarantine.",
    ]);
    const { columns } = (await stack.outputs()) as { columns: string[] };
    expect(columns.slice(0, 5)).to.deep.equal(["box", "colour", "weight", "site", "key_version"]);
  });

  it("is not changed, and no table is, by what it cannot become: not even without a preview", async () => {
    const before = resources();
    expect(before).to.have.length(3);
    await stack.setConfig({
      "streaming-ml:schema": schema({ colour: { ...OPTIONAL, maxLength: 9 }, weight: OPTIONAL }),
    });
    // `up` of these tests skips the preview.
    const message = await stack.up().then(
      () => "deployed",
      (error: Error) => error.message,
    );
    expect(message).to.contain(
      "The deployed event contract cannot become this one:\n" +
        "  - weight: has the type string instead of number: files of both cannot be read as one table.\n" +
        "  - site: was removed or renamed: what is stored under its name would be lost.\n",
    );
    expect(message).to.contain("or raise streaming-ml:lake.version in the stack file");
    expect(resources()).to.deep.equal(before);
  });

  it("starts again beside the existing version with another version of the lake", async () => {
    await stack.setConfig({ "streaming-ml:lakeVersion": "2" });
    const plan = await stack.up();
    expect(plan.warnings).to.deep.equal([]);
    const { columns, table } = (await stack.outputs()) as { columns: string[]; table: string };
    expect(table).to.equal("events_v2");
    expect(columns.slice(0, 4)).to.deep.equal(["box", "colour", "weight", "key_version"]);
  });
});
