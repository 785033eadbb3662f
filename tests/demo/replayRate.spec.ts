import { expect } from "chai";

import { replayRate } from "../../local/demo/replayRate";

describe("rate of the demo's replay", () => {
  it("is 1,000 records a second as long as that takes a minute at most", () => {
    expect(replayRate(1)).to.equal(1000);
    expect(replayRate(60_000)).to.equal(1000);
  });

  it("sends more in the same minute", () => {
    expect(replayRate(60_001)).to.equal(1001);
    expect(replayRate(103_988)).to.equal(1734);
  });

  it("stays in the range of RATE", () => {
    expect(replayRate(300_000)).to.equal(5000);
    expect(replayRate(300_001)).to.equal(5000);
  });
});
