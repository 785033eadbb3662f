import { expect } from "chai";

import { virtualCores, yarnMemoryMb } from "../../components/runtimes/instanceTypes";

describe("an instance type", () => {
  it("says cores and memory by its size and family", () => {
    expect(virtualCores("m7g.large")).to.equal(2);
    expect(virtualCores("m7g.xlarge")).to.equal(4);
    expect(virtualCores("r6gd.12xlarge")).to.equal(48);
    expect(virtualCores("m7g.metal")).to.equal(undefined);
    expect(virtualCores("t4g.medium")).to.equal(undefined);
    expect(yarnMemoryMb("c7g.xlarge")).to.equal(6144);
    expect(yarnMemoryMb("m7g.xlarge")).to.equal(12288);
    expect(yarnMemoryMb("r7g.xlarge")).to.equal(24576);
    expect(yarnMemoryMb("x2gd.xlarge")).to.equal(undefined);
  });
});
