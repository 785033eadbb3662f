import { expect } from "chai";
import { execFileSync } from "node:child_process";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { STANDARD_LIBRARY } from "../../components/runtimes/pythonStandardLibrary";
import { trainingSetProblems } from "../../components/workload/trainingSet";
import { findInterpreter } from "../runtimes/interpreter";

describe("the training set of a stack's workload", () => {
  const problems = (...lines: string[]) => trainingSetProblems(lines.join("\n"));

  it("may import Spark, the standard library and the examples' module", () => {
    const all = problems(
      "from __future__ import annotations",
      "import datetime, hashlib",
      "from collections.abc import Sequence",
      "from pyspark.sql import functions as F",
      "from streaming_ml.examples import latest",
      "def build(events: DataFrame[str, int], least: int = 3, *, most=4) -> DataFrame:",
      "    return events",
    );
    expect(all).to.deep.equal([]);
  });

  it("has all its problems reported", () => {
    const all = problems(
      "import numpy as np",
      "from streaming_ml.lake import write_batch",
      "from streaming_ml import examples",
      "import workloads.sentiment.classifier",
      "def builder(events):",
      "    import pysparkling",
    );
    const allowed =
      "which is not there where it runs: take pyspark, Python's standard library or streaming_ml.examples";
    expect(all).to.deep.equal([
      `line 1 imports numpy, ${allowed}`,
      `line 2 imports streaming_ml.lake, ${allowed}`,
      `line 3 imports streaming_ml, ${allowed}`,
      `line 4 imports workloads.sentiment.classifier, ${allowed}`,
      `line 6 imports pysparkling, ${allowed}`,
      "has no function build(events): expected `def build(` at the start of a line",
    ]);
  });

  it("has a function of its own, not one that is in another or in a text", () => {
    const missing = "has no function build(events): expected `def build(` at the start of a line";
    expect(problems("class Posts:", "    def build(events):")).to.deep.equal([missing]);
    expect(problems('"""For example', "def build(events):", '"""')).to.deep.equal([missing]);
  });

  it("has a function that one argument suffices for", () => {
    expect(problems("def build():")).to.deep.equal([
      "has build(): expected one parameter, build(events)",
    ]);
    expect(problems("def build(events, labels):")).to.deep.equal([
      "has build(events, labels): expected one parameter, build(events)",
    ]);
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
