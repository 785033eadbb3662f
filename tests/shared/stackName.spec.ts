import { expect } from "chai";

import { stackName } from "../../components/shared/stackName";

describe("names made of project and stack", () => {
  it("leaves a plain name as it is, with the separator its service takes", () => {
    expect(stackName("streaming-ml", "prod")).to.equal("streaming-ml-prod");
    expect(stackName("streaming-ml", "prod", { separator: "_" })).to.equal("streaming_ml_prod");
  });

  it("writes only lower-case words between single separators, at most 63 characters", () => {
    const odd = ["A", "a_b", "a.b", "a--b", "-a-", "___", "..", "x".repeat(100), "Feature_X.2"];
    for (const stack of odd) {
      expect(stackName("streaming-ml", stack)).to.match(/^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(stackName("streaming-ml", stack, { separator: "_" })).to.match(
        /^(?=.{1,63}$)[a-z0-9]+(_[a-z0-9]+)*$/,
      );
    }
    expect(stackName("___", "_")).to.match(/^[0-9a-f]{8}$/);
  });

  it("keeps apart what looks alike once it is cleaned or cut", () => {
    const long = "x".repeat(90);
    const alike = ["a-b", "a_b", "a.b", "A-b", "a-B", "a__b", `${long}1`, `${long}2`];
    const names = alike.map((stack) => stackName("streaming-ml", stack));
    expect(new Set(names).size).to.equal(alike.length);
  });

  it("is the same name every time", () => {
    expect(stackName("streaming-ml", "a_b")).to.equal(stackName("streaming-ml", "a_b"));
    expect(stackName("streaming-ml", "a_b")).to.match(/^streaming-ml-a-b-[0-9a-f]{8}$/);
  });
});
