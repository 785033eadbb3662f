import { expect } from "chai";

import { selectedNames } from "../../bench/selectedNames";

describe("the benchmarks that ONLY asks for", () => {
  const names = ["job", "model", "serving"];

  it("are all of them without it", () => {
    expect(selectedNames(names, undefined)).to.deep.equal(names);
  });

  it("run once each, in their own order", () => {
    expect(selectedNames(names, "serving, job,job")).to.deep.equal(["job", "serving"]);
  });

  it("are listed when a name is unknown, with every unknown name", () => {
    expect(() => selectedNames(names, "jobs,model,")).to.throw(
      'ONLY must be names separated by commas, of job, model, serving. Received: "jobs", "".',
    );
  });
});
