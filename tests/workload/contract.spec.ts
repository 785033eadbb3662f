import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadContract } from "../../components/workload/contract";
import { readEventContract, workloadNames } from "../../contracts/event/workloads";

describe("the contract of a stack's workload", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "workloads-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function workload(name: string, schema?: object): void {
    mkdirSync(join(folder, name));
    if (schema !== undefined) {
      writeFileSync(join(folder, name, "event.schema.json"), JSON.stringify(schema));
    }
  }

  it("is what its folder compiles to", () => {
    expect(loadContract("sentiment")).to.deep.equal(readEventContract("sentiment"));
  });

  it("ends the program with every problem of its schema, and nothing planned", () => {
    workload("mine", { $schema: "https://json-schema.org/draft/2020-12/schema", title: 1 });
    let thrown: unknown;
    try {
      loadContract("mine", folder);
    } catch (error) {
      thrown = error;
    }
    expect(pulumi.RunError.isInstance(thrown)).to.equal(true);
    expect((thrown as Error).message).to.equal(
      "Nothing was planned: workloads/mine/event.schema.json has 4 problems (docs/events.md has the rules):\n" +
        '  - type must be "object": a record of the stream holds one object.\n' +
        "  - title must be a string. Received: 1.\n" +
        "  - properties must list the fields: an object without them is open, and the lake has no column for it.\n" +
        '  - the schema must say which event it is: give at least one field "x-use": "identity", or nothing tells a ' +
        "duplicate.",
    );
  });

  it("is there for folders with a schema only", () => {
    workload("zebra", {});
    workload("alpha", {});
    workload("empty");
    writeFileSync(join(folder, "README.md"), "");
    expect(workloadNames(folder)).to.deep.equal(["alpha", "zebra"]);
  });
});
