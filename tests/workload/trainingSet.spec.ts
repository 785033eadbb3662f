import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { STANDARD_LIBRARY } from "../../components/runtimes/pythonStandardLibrary";
import { loadTrainingSet } from "../../components/workload/trainingSet";
import { workloadNames } from "../../contracts/workload/names";
import { inRepository } from "../../tools/paths";
import { findInterpreter } from "../runtimes/interpreter";

describe("the training set of a stack's workload", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "workloads-"));
    mkdirSync(join(folder, "mine"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (...lines: string[]) =>
    writeFileSync(join(folder, "mine", "training_set.py"), lines.join("\n"));

  function refusal(): string {
    try {
      loadTrainingSet("mine", folder);
    } catch (error) {
      expect(pulumi.RunError.isInstance(error)).to.equal(true);
      return (error as Error).message;
    }
    return "";
  }

  it("is the file in its folder, for every workload there is", () => {
    for (const name of workloadNames()) {
      expect(loadTrainingSet(name)).to.equal(inRepository("workloads", name, "training_set.py"));
    }
  });

  it("may import Spark, the standard library and the examples' module", () => {
    write(
      "from __future__ import annotations",
      "import datetime, hashlib",
      "from collections.abc import Sequence",
      "from pyspark.sql import functions as F",
      "from streaming_ml.examples import latest",
      "def build(events):",
      "    return events",
    );
    expect(refusal()).to.equal("");
  });

  it("ends the program with everything that is wrong with it", () => {
    write(
      "import numpy as np",
      "from streaming_ml.lake import write_batch",
      "from streaming_ml import examples",
      "import workloads.sentiment.classifier",
      "def builder(events):",
      "    import pysparkling",
    );
    const allowed =
      "which is not there where it runs: take pyspark, Python's standard library or streaming_ml.examples";
    expect(refusal()).to.equal(
      [
        "Nothing was planned: workloads/mine/training_set.py has 6 problems:",
        `  - line 1 imports numpy, ${allowed}`,
        `  - line 2 imports streaming_ml.lake, ${allowed}`,
        `  - line 3 imports streaming_ml, ${allowed}`,
        `  - line 4 imports workloads.sentiment.classifier, ${allowed}`,
        `  - line 6 imports pysparkling, ${allowed}`,
        "  - has no function build(events): expected `def build(` at the start of a line",
      ].join("\n"),
    );
  });

  it("has a function of its own, not one that is in another", () => {
    write("class Posts:", "    def build(events):", "        return events");
    expect(refusal()).to.equal(
      "Nothing was planned: workloads/mine/training_set.py has 1 problem:\n" +
        "  - has no function build(events): expected `def build(` at the start of a line",
    );
  });

  it("must be there", () => {
    expect(refusal()).to.equal(
      "Nothing was planned: workloads/mine/training_set.py has 1 problem:\n" +
        "  - is missing: it says which events become examples (docs/training-sets.md)",
    );
  });

  const interpreter = findInterpreter(BUILT_FOR.python);
  it(`knows the standard library of Python ${BUILT_FOR.python}${interpreter ? "" : ", which this machine does not have"}`, function () {
    if (interpreter === undefined) {
      this.skip();
    }
    const asked = "import sys; print(*sys.stdlib_module_names)";
    const names = execFileSync(interpreter, ["-c", asked], { encoding: "utf8" }).trim().split(" ");
    expect(names).to.include.members([...STANDARD_LIBRARY]);
    // What is left out is private, of Windows, or a joke.
    expect(
      names.filter((name) => !name.startsWith("_") && !STANDARD_LIBRARY.has(name)),
    ).to.have.members([
      ...["antigravity", "msilib", "msvcrt", "nt", "ossaudiodev", "this", "winreg", "winsound"],
    ]);
  });
});
