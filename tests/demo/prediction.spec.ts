import { expect } from "chai";

import { inWords, isExpected, partOf, restOf, withNames } from "../../local/demo/prediction";

describe("a prediction of the demo", () => {
  const prediction = { items: ["7", "50", "3", "9"], scores: [0.5, 0.25, 0.125, 0.1], cold: true };

  it("is the expected one when its scalars are the same", () => {
    expect(isExpected({ label: "late" }, { label: "late", score: 0.5 })).to.equal(true);
    expect(isExpected({ label: "late" }, { label: "early", score: 0.5 })).to.equal(false);
    expect(isExpected({ unusual: false }, { score: 0.5 })).to.equal(false);
    expect(isExpected({ reading: 1 }, { reading: "1" })).to.equal(false);
  });

  it("is the expected one when each expected item is among the answered ones", () => {
    expect(isExpected({ items: ["50"], cold: true }, prediction)).to.equal(true);
    expect(isExpected({ items: ["50", "51"] }, prediction)).to.equal(false);
    expect(isExpected({ items: ["50"], cold: false }, prediction)).to.equal(false);
    expect(isExpected({ items: ["7"] }, { items: "7" })).to.equal(false);
    expect(isExpected({ items: "7" }, { items: ["7"] })).to.equal(false);
  });

  it("parts into what was expected and what stands beside it", () => {
    expect(partOf({ cold: false }, prediction)).to.deep.equal({ cold: true });
    const other = { scores: [0.5], label: "a", items: ["7"] };
    expect(Object.keys(restOf({ label: "b" }, other))).to.deep.equal(["items", "scores"]);
  });

  it("is shown by the value of an only field, else by names and values", () => {
    expect(inWords({ label: "late" })).to.equal("late");
    expect(inWords({ unusual: false })).to.equal("unusual false");
    expect(inWords({ score: 2.345, rank: 12, unusual: true })).to.equal(
      "score 2.35, rank 12, unusual true",
    );
    expect(inWords(prediction)).to.equal("items 7 50 3 …, scores 0.50 0.25 0.13 …, cold true");
    expect(inWords({ items: ["7", "50", "3"] })).to.equal("7 50 3");
    expect(withNames({ label: "late" })).to.equal("label late");
  });
});
