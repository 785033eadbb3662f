import { expect } from "chai";

import { subnetLayout } from "../../local/provider/vpc/subnetLayout";

const blocks = (...args: Parameters<typeof subnetLayout>) =>
  subnetLayout(...args).map(({ spec, zoneIndex, cidrBlock }) => [spec.type, zoneIndex, cidrBlock]);

describe("subnet layout", () => {
  const specs = [{ type: "Private" }, { type: "Public" }];

  it("divides the VPC by zones and a zone by subnets", () => {
    expect(blocks("10.0.0.0/16", 2, specs)).to.deep.equal([
      ["Private", 0, "10.0.0.0/18"],
      ["Public", 0, "10.0.64.0/18"],
      ["Private", 1, "10.0.128.0/18"],
      ["Public", 1, "10.0.192.0/18"],
    ]);
  });

  it("rounds three zones up to four parts", () => {
    expect(blocks("10.40.0.0/16", 3, specs).map(([, , block]) => block)).to.deep.equal([
      "10.40.0.0/19",
      "10.40.32.0/19",
      "10.40.64.0/19",
      "10.40.96.0/19",
      "10.40.128.0/19",
      "10.40.160.0/19",
    ]);
  });

  it("aligns subnets of given sizes, and does not change given blocks", () => {
    const sized = [
      { type: "Private", cidrMask: 20 },
      { type: "Public", cidrMask: 24 },
      { type: "Isolated", cidrMask: 20 },
    ];
    expect(blocks("10.0.0.0/16", 1, sized).map(([, , block]) => block)).to.deep.equal([
      "10.0.0.0/20",
      "10.0.16.0/24",
      "10.0.32.0/20",
    ]);
    expect(
      blocks("10.0.0.0/16", 1, [{ type: "Private", cidrBlocks: ["10.0.9.0/24"] }]),
    ).to.deep.equal([["Private", 0, "10.0.9.0/24"]]);
  });

  it("refuses what is not an address block", () => {
    expect(() => subnetLayout("10.0.0.0", 1, specs)).to.throw(/such as 10.0.0.0\/16/);
  });
});
