import { expect } from "chai";

import { checkpointKey } from "../../components/job/checkpoint";

describe("the checkpoint", () => {
  it("of the first version of the lake is named after the generation alone", () => {
    expect(checkpointKey("my-own", 1)).to.equal("checkpoints/my-own");
  });

  it("of each further version is another one", () => {
    expect(checkpointKey("1", 2)).to.equal("checkpoints/1.v2");
  });
});
