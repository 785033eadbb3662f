import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CompiledContract } from "../../contracts/event/compiledContract";
import { readEventContract } from "../../contracts/event/workloads";
import { nextChanges, type NextContract, nextContract } from "../../ops/contract";
import { Failure } from "../../ops/failure";
import { formatChanges } from "../../ops/format";
import { tableRows } from "./tableRows";

const { compiled: deployed } = readEventContract("sentiment");

/** The deployed contract with another field of a name. */
function changed(name: string, change: object): CompiledContract {
  const fields = deployed.fields.map((field) =>
    field.name === name ? { ...field, ...change } : field,
  );
  return { ...deployed, fields };
}

describe("what the next deployment makes of a contract", () => {
  const outputs = { events: { workload: "sentiment", contract: deployed }, lake: {} };

  it("is nothing when the schema says what is deployed", () => {
    const changes = nextChanges("dev", outputs, { contract: deployed, lakeVersion: 1 });
    expect(changes).to.deep.equal([]);
    expect(formatChanges(changes)).to.equal("The deployed event contract is what its schema says.");
  });

  it("is reported field by field, with its kind", () => {
    const contract = {
      ...changed("text", { minimumLength: 0, maximumLength: 1000 }),
      maximumRecordBytes: 70_000,
    };
    const before = changed("lang", { type: "boolean" });
    const changes = nextChanges(
      "dev",
      { ...outputs, events: { workload: "sentiment", contract: before } },
      { contract, lakeVersion: 1 },
    );
    const rows = tableRows(formatChanges(changes));
    expect(rows).to.deep.equal([
      ["kind", "field", "change"],
      ["in place", "", "a record may have 70000 bytes instead of 65536"],
      ["in place", "text", "minimumLength is 0 instead of 1"],
      [
        "in place, with a warning",
        "text",
        "maximumLength is 1000 instead of 2000: events with other values, which were accepted before, go to quarantine",
      ],
      [
        "refused",
        "lang",
        "has the type string instead of boolean: files of both cannot be read as one table",
      ],
    ]);
  });

  it("is bound by no contract in another version of the lake", () => {
    const other = { contract: changed("lang", { type: "boolean" }), lakeVersion: 2 };
    expect(nextChanges("dev", outputs, other)).to.equal(undefined);
    expect(formatChanges(undefined)).to.equal(
      "The stack file begins another version of the lake, which the deployed event contract does not bind.",
    );
    const changes = nextChanges("dev", { ...outputs, lake: { version: 2 } }, other);
    expect(changes?.map(({ kind }) => kind)).to.deep.equal(["refused"]);
  });

  it("cannot be told of a stack that does not say which events it takes", () => {
    expect(() => nextChanges("dev", { lake: {} }, { contract: deployed, lakeVersion: 1 })).to.throw(
      Failure,
      'Stack "dev" does not say which events it takes. Run pulumi up on it with this release first.',
    );
  });
});

describe("the contract that the next deployment brings", () => {
  let projectDirectory: string;

  beforeEach(() => {
    projectDirectory = mkdtempSync(join(tmpdir(), "project-"));
  });

  afterEach(() => {
    rmSync(projectDirectory, { recursive: true });
  });

  function next(text: string): NextContract {
    writeFileSync(join(projectDirectory, "Pulumi.dev.yaml"), text);
    return nextContract({ stack: "dev", projectDirectory });
  }

  it("is that of the stack's own file", () => {
    expect(nextContract({ stack: "dev" })).to.deep.equal({ contract: deployed, lakeVersion: 1 });
    expect(next("config: { mine:workload: sentiment }")).to.deep.equal({
      contract: deployed,
      lakeVersion: 1,
    });
    const raised = next("config: { mine:workload: sentiment, mine:lake: { version: 3 } }");
    expect(raised.lakeVersion).to.equal(3);
  });

  it("does not exist without a file, a workload in it, or the folder of that", () => {
    expect(() => nextContract({ stack: "gone", projectDirectory })).to.throw(
      Failure,
      "Pulumi.gone.yaml",
    );
    expect(() => next("config: {}")).to.throw(
      Failure,
      "Pulumi.dev.yaml names no workload. Add streaming-ml:workload to its config.",
    );
    expect(() => next("config: { a:workload: others }")).to.throw(
      Failure,
      "workloads/others/event.schema.json",
    );
  });
});
