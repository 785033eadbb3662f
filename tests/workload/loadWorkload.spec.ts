import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { workloadProblem } from "../../components/workload/config";
import { loadWorkload } from "../../components/workload/loadWorkload";
import { modelProblems } from "../../components/workload/modelFile";
import { workloadNames } from "../../contracts/workload/names";
import { readWorkload } from "../../contracts/workload/readWorkload";
import { WorkloadError } from "../../contracts/workload/workloadError";
import { inRepository } from "../../tools/paths";
import { CODE, EVENT, PREDICTIONS, WORKLOAD, writeWorkload } from "../contracts/workload/things";
import { undocumented } from "./documentedMessages";

const JSON_FILES = {
  "workload.json": WORKLOAD,
  "event.schema.json": EVENT,
  "prediction.schema.json": PREDICTIONS,
};

describe("the folder of a workload", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "workloads-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function problem(files: Readonly<Record<string, unknown>>): string {
    writeWorkload(folder, "mine", files);
    try {
      loadWorkload("mine", folder);
      return "";
    } catch (error) {
      expect(error).to.be.instanceOf(WorkloadError);
      return (error as Error).message;
    }
  }

  it("is what its files say, and where its training set is", () => {
    writeWorkload(folder, "mine", { ...JSON_FILES, ...CODE });
    expect(loadWorkload("mine", folder)).to.deep.equal({
      workload: readWorkload("mine", folder),
      trainingSetPath: join(folder, "mine", "training_set.py"),
    });
  });

  it("is correct for every workload", () => {
    for (const name of workloadNames()) {
      expect(loadWorkload(name).trainingSetPath).to.equal(
        inRepository("workloads", name, "training_set.py"),
      );
    }
  });

  it("has every problem of all its files in one message, which ends the planning", () => {
    const all = [
      "workloads/mine/workload.json has 1 problem (docs/predictions.md has the rules):",
      "  - epochs must be a whole number from 1 to 1000. Received: 0.",
      "workloads/mine/event.schema.json is missing: every workload has one. Add it.",
      "workloads/mine/training_set.py has 2 problems (docs/training-sets.md has the rules):",
      "  - line 1 imports numpy, which is not there where it runs: take pyspark, Python's standard library or " +
        "streaming_ml.examples.",
      "  - has no function build(events): expected `def build(` at the start of a line.",
      "workloads/mine/model.py has 1 problem (docs/models.md has the rules):",
      "  - has no object WORKLOAD: expected `WORKLOAD = ` at the start of a line.",
      "workloads/mine has 2 problems (docs/models.md has the rules):",
      "  - workloads/mine/__init__.py is missing: Python imports the folder. Add one.",
      "  - workloads/mine/network/__init__.py is missing: Python imports the folder. Add one.",
    ].join("\n");
    const found = problem({
      "workload.json": { ...WORKLOAD, epochs: 0 },
      "prediction.schema.json": PREDICTIONS,
      "training_set.py": "import numpy",
      "model.py": "MODEL = object()",
      "network/layers.py": "",
      "tests/test_model.py": "",
      "demo/events.py": "",
    });
    expect(found).to.equal(all);
    // What is wrong in a JSON file its own page says.
    const others = all.split("\n").filter((line) => !/has the rules\):$|- epochs must/.test(line));
    expect(others).to.have.length(6);
    expect(undocumented(others)).to.deep.equal([]);
    expect(workloadProblem("mine", folder)).to.equal(
      `must be a workload whose files are right:\n${all}\nCorrect them`,
    );
  });

  it("has its code", () => {
    expect(problem(JSON_FILES)).to.equal(
      [
        "workloads/mine/training_set.py has 1 problem (docs/training-sets.md has the rules):",
        "  - is missing: it says which events become examples. Add it.",
        "workloads/mine/model.py has 1 problem (docs/models.md has the rules):",
        "  - is missing: its object WORKLOAD says how a model learns and answers. Add it.",
        "workloads/mine has 1 problem (docs/models.md has the rules):",
        "  - workloads/mine/__init__.py is missing: Python imports the folder. Add one.",
      ].join("\n"),
    );
    expect(undocumented(["something else"])).to.deep.equal(["something else"]);
  });
});

describe("model.py", () => {
  it("binds WORKLOAD at the start of a line", () => {
    for (const text of [
      "WORKLOAD = Model()",
      "WORKLOAD: Workload[Prepared, Options] = Model()",
      "from workloads.mine.other import WORKLOAD as WORKLOAD",
      "from workloads.mine.other import (\n    Options,\n    WORKLOAD,\n)",
    ]) {
      expect(modelProblems(`import keras\n${text}\n`), text).to.deep.equal([]);
    }
    for (const text of [
      "",
      "    WORKLOAD = Model()",
      "# WORKLOAD = Model()",
      '"""\nWORKLOAD = Model()\n"""',
      "WORKLOADS = [Model()]",
      "from workloads.mine.other import (Options)\nprint(WORKLOAD)",
    ]) {
      expect(modelProblems(text), text).to.have.length(1);
    }
  });
});
