import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CompiledContract } from "../../contracts/event/compiledContract";
import { readEventContract } from "../../contracts/event/workloads";
import { contractReport, nextContract } from "../../ops/contract";
import { Failure } from "../../ops/failure";

const { compiled: deployed } = readEventContract("sentiment");

/** The deployed contract with another field of a name. */
function changed(name: string, change: object): CompiledContract {
  const fields = deployed.fields.map((field) =>
    field.name === name ? { ...field, ...change } : field,
  );
  return { ...deployed, fields };
}

describe("the report about a contract", () => {
  it("says that nothing changes", () => {
    expect(contractReport(deployed, deployed)).to.equal(
      "The deployed contract of sentiment is what its schema says.",
    );
  });

  it("lists the changes by what they do", () => {
    const next = changed("text", { minimumLength: 0, maximumLength: 1000 });
    expect(contractReport(deployed, next)).to.equal(
      "In place:\n" +
        "  - text: minimumLength is 0 instead of 1.\n" +
        "In place, with a warning:\n" +
        "  - text: maximumLength is 1000 instead of 2000: events with other values, taken until now, go to quarantine.",
    );
  });

  it("fails on what is refused, with the ways out", () => {
    expect(() => contractReport(deployed, changed("text", { type: "boolean" })))
      .to.throw(Failure, "text: has the type boolean instead of string")
      .with.property("message")
      .that.contains("add a new field beside it");
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

  function next(text: string): CompiledContract {
    writeFileSync(join(projectDirectory, "Pulumi.dev.yaml"), text);
    return nextContract({ stack: "dev", projectDirectory });
  }

  it("is that of the stack's own file", () => {
    expect(nextContract({ stack: "dev" })).to.deep.equal(deployed);
    expect(next("config: { mine:workload: sentiment }")).to.deep.equal(deployed);
  });

  it("is none without a file, a workload in it, or the folder of that", () => {
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
