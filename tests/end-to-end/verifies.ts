import { expect } from "chai";
import * as fs from "node:fs";

import type { LocalRun } from "../../local/run/localRun";

/** Adds the test that `ops verify` answers what one machine can, and says what it cannot. */
export function verifies(deployed: () => LocalRun): void {
  it("is verified as far as one machine can answer, and says why the rest cannot be", async () => {
    const run = deployed();
    const quiet = (): void => undefined;
    const report = run.file("verified.md");
    await run.node(
      "ops/main.ts",
      ["verify", "--stack", "local", "--active", "--report", report],
      quiet,
    );
    const rows = fs
      .readFileSync(report, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split(" | "));
    const of = (wanted: string) =>
      rows.filter(([, status]) => status === wanted).map(([id]) => id.slice(3, -1));
    expect(of("failed")).to.deep.equal([]);
    expect(of("ok")).to.deep.equal([
      ...["stack", "account", "cluster", "job", "second-job", "training", "model", "endpoint"],
      ...["api-without-key", "api-with-key", "api-text-plain", "api-validation"],
    ]);
    expect(of("not applicable")).to.deep.equal([
      ...["freshness", "rolled-logs", "driver-runtimes", "driver-node"],
      ...["known-events", "api-preflight", "alarm-notification", "drift"],
    ]);
    const before = await run.node("ops/main.ts", ["verify", "--stack", "local", "--before"], quiet);
    expect(before).to.match(/3 ok, 0 failed, 5 not applicable/);
  });
}
