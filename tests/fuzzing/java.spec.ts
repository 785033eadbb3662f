import { expect } from "chai";
import * as fs from "node:fs";

import { inRepository } from "../../tools/paths";
import { JAVA_FUZZERS } from "./javaFuzzers";
import { executions, failure, runJazzer } from "./jazzer";

/** What a build tries of all fuzzers together. */
const EXECUTIONS = 5_000;

describe("what Java reads", () => {
  it("takes or refuses anything, as each fuzzer says of its part", async function () {
    // Seconds where nothing else runs.
    this.timeout(300_000);
    const count = await runJazzer({
      className: "streamingml.fuzzing.EveryFuzzer",
      executions: EXECUTIONS,
      seeds: JAVA_FUZZERS.flatMap(({ seeds }, index) =>
        // The last byte chooses the fuzzer.
        seeds.map((seed) => Buffer.concat([Buffer.from(seed, "latin1"), Buffer.from([index])])),
      ),
      seed: 1,
    });
    expect(count).to.be.at.least(EXECUTIONS);
  });

  it("is fuzzed by all the classes there are, in the order of EveryFuzzer", () => {
    const every = fs.readFileSync(
      inRepository("tests", "java", "streamingml", "fuzzing", "EveryFuzzer.java"),
      "utf8",
    );
    const called = [...every.matchAll(/-> (\w+)\.fuzzerTestOneInput/g)].map(([, name]) => name);
    expect(called).to.deep.equal(JAVA_FUZZERS.map(({ className }) => className.split(".").at(-1)));
  });

  it("says which input failed, and counts nothing that did not come to its end", () => {
    const printed = "INFO: x\n\n== Java Exception: boom\n\tat a\nBase64: Cg==\n";
    expect(failure(printed)).to.equal(
      "== Java Exception: boom\n\tat a\nBase64: Cg==\n\nBase64: Cg==",
    );
    expect(() => executions(printed)).to.throw("without its count of executions");
    expect(executions("#9 DONE\nDone 20000 runs in 4 second(s)\n")).to.equal(20_000);
  });
});
