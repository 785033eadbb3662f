import { expect } from "chai";

import { QuotaCounter, startOfPeriod } from "../../local/gateway/admission/quota";
import { TokenBucket } from "../../local/gateway/admission/tokenBucket";

const DAY = 24 * 60 * 60 * 1000;

describe("throttles", () => {
  it("let the burst pass at once and the rate afterwards", () => {
    let now = 0;
    const bucket = new TokenBucket(2, 3, () => now);
    expect([1, 2, 3, 4].map(() => bucket.take())).to.deep.equal([true, true, true, false]);
    now = 499;
    expect(bucket.take()).to.equal(false);
    now = 500;
    expect([1, 2].map(() => bucket.take())).to.deep.equal([true, false]);
    now = 60_000;
    expect([1, 2, 3, 4].map(() => bucket.take())).to.deep.equal([true, true, true, false]);
  });
});

describe("quotas", () => {
  it("count within a period and start again in the next", () => {
    let now = Date.UTC(2026, 0, 1, 23, 59, 59, 999);
    const counter = new QuotaCounter({ limit: 2, offset: 0, period: "DAY" }, () => now);
    expect([1, 2, 3].map(() => counter.take())).to.deep.equal([true, true, false]);
    now += 1;
    expect([1, 2, 3].map(() => counter.take())).to.deep.equal([true, true, false]);
  });

  it("subtract the offset in the first period only", () => {
    let now = 0;
    const counter = new QuotaCounter({ limit: 2, offset: 1, period: "DAY" }, () => now);
    expect([1, 2].map(() => counter.take())).to.deep.equal([true, false]);
    now += DAY;
    expect([1, 2, 3].map(() => counter.take())).to.deep.equal([true, true, false]);
  });

  it("begin at midnight UTC, on Sunday, on the first", () => {
    const now = Date.UTC(2026, 11, 2, 15, 30); // a Wednesday
    expect(startOfPeriod("DAY", now)).to.equal(Date.UTC(2026, 11, 2));
    expect(startOfPeriod("WEEK", now)).to.equal(Date.UTC(2026, 10, 29));
    expect(startOfPeriod("MONTH", now)).to.equal(Date.UTC(2026, 11, 1));
    expect(startOfPeriod("WEEK", Date.UTC(2026, 10, 29))).to.equal(Date.UTC(2026, 10, 29));
  });
});
