import { expect } from "chai";
import * as fs from "node:fs";
import { PREDICTION_TYPES, predictionTypes } from "../../tools/documentation/predictionTypes";

describe("contracts/predictionApi.ts", () => {
  it("says what the OpenAPI document says; if not, run `make documentation`", async () => {
    expect(fs.readFileSync(PREDICTION_TYPES, "utf8")).to.equal(await predictionTypes());
  });
});
