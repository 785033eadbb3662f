import { expect } from "chai";
import { execFileSync } from "node:child_process";

import {
  processorSeconds,
  tellsProcessorTime,
  withProcessorTime,
} from "../../tools/check/processorTime";
import { readTimes, slowest } from "../../tools/check/slowest";
import {
  formatMachine,
  formatSlowestTests,
  formatSpentTime,
  SpentTime,
} from "../../tools/check/timeTables";

const cells = (table: string): string[][] =>
  table
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe("the time that checks take", () => {
  it("is read from what the shell says of its children at the end", () => {
    const output = "0m9.00s 0m9.00s\nok\n0m0.01s 0m0.02s\n2m3.5s 0m0.25s\n";
    expect(processorSeconds(output)).to.equal(123.75);
    const lines = output.split("\n");
    expect(lines.filter((line) => !tellsProcessorTime(line))).to.deep.equal(["ok", ""]);
    expect(processorSeconds("0m0,01s 0m0,02s\n1m1,5s 0m1,5s\n")).to.equal(63);
    expect(processorSeconds("ended before\n")).to.equal(undefined);
  });

  it("counts what a command's own children computed, and keeps its exit code", () => {
    const busy = "const end = Date.now() + 300; while (Date.now() < end); process.exitCode = 3;";
    const script = `"$1" -e "$2"; exit $?`;
    const [command, commandArguments] = withProcessorTime("sh", [
      ...["-c", script, "sh", process.execPath, busy],
    ]);
    try {
      execFileSync(command, commandArguments);
      expect.fail("it ended with 0");
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: Buffer };
      expect(status).to.equal(3);
      expect(processorSeconds(stdout.toString())).to.be.greaterThan(0);
    }
  });

  it("is beside mocha's slow tests", () => {
    const output = "  rooms\n    ✔ plans (12 of them) (2034ms)\n    ✔ is fast\n    1) fails\n";
    expect(readTimes("mocha", output)).to.deep.equal([
      { test: "plans (12 of them)", seconds: 2.034 },
    ]);
  });

  it("is in pytest's list, by phase", () => {
    const output = [
      "=== slowest 10 durations ===",
      "12.50s call     tests/python/spark/test_a.py::test_b[a b]",
      "0.75s setup    tests/python/spark/test_a.py::test_c",
      "3 passed in 14.00s",
    ].join("\n");
    expect(readTimes("pytest", output)).to.deep.equal([
      { test: "tests/python/spark/test_a.py::test_b[a b]", seconds: 12.5 },
      { test: "tests/python/spark/test_a.py::test_c (setup)", seconds: 0.75 },
    ]);
  });

  it("is below each of JUnit's tests", () => {
    const output = [
      "│  ├─ masks()",
      "│  │  │       tags: []",
      "│  │  │     source: MethodSource [className = 'events.MaskingTest', methodName = 'masks', methodParameterTypes = '']",
      "│  │  │   duration: 1250 ms",
      "│  │  │     status: ✔ SUCCESSFUL",
    ].join("\n");
    expect(readTimes("junit", output)).to.deep.equal([
      { test: "events.MaskingTest.masks", seconds: 1.25 },
    ]);
  });

  it("is sorted, the longest first", () => {
    const times = [1, 3, 2].map((seconds) => ({ test: `t${seconds}`, seconds }));
    expect(slowest(times, 2).map(({ test }) => test)).to.deep.equal(["t3", "t2"]);
    expect(times.map(({ seconds }) => seconds)).to.deep.equal([1, 3, 2]);
  });

  it("is told with how fast the machine is", () => {
    expect(formatMachine(580.4, 0.412)).to.equal(
      "580 s on a machine on which a prediction in process takes 0.41 ms (0.40 ms on two quiet cores).",
    );
  });

  it("is shown per check, and for the slowest tests of all", () => {
    const checks: SpentTime[] = [
      { title: "one", seconds: 10.4, processorSeconds: 12.6, tests: [{ test: "a", seconds: 2 }] },
      { title: "other", seconds: 3, tests: [{ test: "b", seconds: 3.25 }] },
    ];
    expect(cells(formatSpentTime(checks, 11))).to.deep.equal([
      ["where the time went", "seconds", "of processors"],
      ["one", "10", "13"],
      ["other", "3", "?"],
      ["all of it", "11", "13"],
    ]);
    expect(cells(formatSlowestTests(checks))).to.deep.equal([
      ["the slowest tests", "seconds"],
      ["b", "3.3"],
      ["a", "2.0"],
    ]);
  });
});
