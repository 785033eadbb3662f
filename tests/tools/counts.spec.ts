import { expect } from "chai";

import { addCounts, formatCounts, readCounts } from "../../tools/check/counts";

describe("test counts", () => {
  it("reads mocha's closing lines", () => {
    const output = "  ok\n\n  12 passing (3s)\n  1 pending\n  2 failing\n";
    expect(readCounts("mocha", output)).to.deep.equal({ passed: 12, failed: 2, skipped: 1 });
  });

  it("reads pytest's closing line, errors as failures", () => {
    const output = "tests/a.py ..\n==== 3 failed, 45 passed, 2 skipped in 9.1s ====\n";
    expect(readCounts("pytest", output)).to.deep.equal({ passed: 45, failed: 3, skipped: 2 });
    expect(readCounts("pytest", "1 error in 0.1s").failed).to.equal(1);
    const said = "E  http://127.0.0.1:33935 failed, 7 passed on\n";
    expect(readCounts("pytest", `${said}${output}`)).to.deep.equal(readCounts("pytest", output));
  });

  it("reads the closing lines of JUnit's console, and of tests alone", () => {
    const output = [
      "[         3 containers successful ]",
      "[         1 containers failed     ]",
      "[        52 tests found           ]",
      "[         4 tests skipped         ]",
      "[        46 tests successful      ]",
      "[         2 tests failed          ]",
    ].join("\n");
    expect(readCounts("junit", output)).to.deep.equal({ passed: 46, failed: 2, skipped: 4 });
  });

  it("adds up what a runner said that ran twice", () => {
    const mocha = "  3 passing (3s)\n  1 failing\n  ✔ more\n  4 passing (1s)\n  1 pending\n";
    expect(readCounts("mocha", mocha)).to.deep.equal({ passed: 7, failed: 1, skipped: 1 });
    const pytest = "21 passed in 2.1s\n1 failed, 2 passed in 3.0s\n";
    expect(readCounts("pytest", pytest)).to.deep.equal({ passed: 23, failed: 1, skipped: 0 });
  });

  it("counts nothing where a runner said nothing", () => {
    expect(readCounts("mocha", "Error: cannot find module")).to.deep.equal({
      passed: 0,
      failed: 0,
      skipped: 0,
    });
  });

  it("adds counts up, and leaves out lines without one", () => {
    const one = { passed: 1, failed: 2, skipped: 0 };
    expect(addCounts([one, { passed: 10, failed: 0, skipped: 0 }])).to.deep.equal({
      passed: 11,
      failed: 2,
      skipped: 0,
    });
    expect(formatCounts(one)).to.equal("1 passed, 2 failed");
    expect(formatCounts({ ...one, skipped: 4 })).to.equal("1 passed, 2 failed, 4 skipped");
  });
});
