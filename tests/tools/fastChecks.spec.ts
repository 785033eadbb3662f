import { expect } from "chai";
import { existsSync } from "node:fs";

import { FAST_PYTHON, SLOW_PYTHON, SLOW_SPECS } from "../../tools/check/fastChecks";
import { inRepository } from "../../tools/paths";

describe("the checks of FAST=1", () => {
  it("name only tests that there are", () => {
    const named = [...SLOW_SPECS, ...FAST_PYTHON, ...SLOW_PYTHON];
    expect(named.filter((one) => !existsSync(inRepository(one)))).to.deep.equal([]);
  });
});
