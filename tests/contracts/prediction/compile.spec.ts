import { expect } from "chai";
import { createHash } from "node:crypto";

import { compilePredictionSchema } from "../../../contracts/prediction/compile";
import { readPredictionContract } from "../../../contracts/prediction/workloads";
import { EVERYTHING, PREDICTION, predictionSchema, side } from "./schemas";

const MOST = 9_007_199_254_740_991;

describe("a compiled prediction schema", () => {
  it("has the fields of both sides, in the schema's order", () => {
    const { instance, prediction } = compilePredictionSchema("w", "f", JSON.stringify(EVERYTHING));
    expect(instance).to.deep.equal([
      {
        name: "word",
        type: "string",
        title: "Word",
        description: "A word.",
        minimumLength: 1,
        maximumLength: 9,
      },
      { name: "kind", type: "string", minimumLength: 0, allowed: ["b", "a"] },
      { name: "count", type: "integer", minimum: 0, maximum: MOST },
      { name: "level", type: "number", maximum: 1.5 },
      { name: "known", type: "boolean" },
      {
        name: "items",
        type: "integer",
        minimumItems: 0,
        maximumItems: 3,
        minimum: -MOST,
        maximum: 9,
      },
      {
        name: "pair",
        type: "string",
        minimumItems: 2,
        maximumItems: 2,
        minimumLength: 0,
        maximumLength: 4,
      },
    ]);
    expect(prediction).to.deep.equal([
      {
        name: "label",
        type: "string",
        description: "The answer.",
        minimumLength: 0,
        allowed: ["yes", "no"],
      },
      { name: "place", type: "integer", minimum: -MOST, maximum: MOST },
      { name: "score", type: "number", minimum: 0, maximum: 1 },
      { name: "sure", type: "boolean" },
      { name: "names", type: "string", minimumItems: 2, maximumItems: 2, minimumLength: 0 },
    ]);
  });

  it("has the texts of the API and the instance of the health check", () => {
    const contract = compilePredictionSchema("w", "f", JSON.stringify(EVERYTHING));
    expect(contract.title).to.equal("Things");
    expect(contract.description).to.equal("Says what a thing is.");
    expect(contract.instanceDescription).to.equal("A thing.");
    expect(contract.predictionDescription).to.equal("What it is.");
    expect(contract.sample).to.deep.equal({
      word: "w",
      kind: "a",
      count: 1,
      level: 0.5,
      known: true,
      items: [],
      pair: ["x", "y"],
    });
  });

  it("says whether requests differ in shape", () => {
    const variable = (field: object, example: unknown): boolean =>
      compilePredictionSchema(
        "w",
        "f",
        JSON.stringify(
          predictionSchema(side({ f: field }, { examples: [{ f: example }] }), PREDICTION),
        ),
      ).variableArrays;
    const array = { type: "array", items: { type: "integer" } };
    expect(variable({ type: "integer" }, 1)).to.equal(false);
    expect(variable({ ...array, minItems: 2, maxItems: 2 }, [1, 2])).to.equal(false);
    expect(variable({ ...array, minItems: 1, maxItems: 2 }, [1])).to.equal(true);
    expect(variable({ ...array, maxItems: 2 }, [])).to.equal(true);
  });

  it("is serialized to a text that gives the same contract again, with any white space", () => {
    const pretty = compilePredictionSchema("w", "f", JSON.stringify(EVERYTHING, null, 2));
    expect(pretty.text).to.equal(JSON.stringify(EVERYTHING));
    expect(compilePredictionSchema("w", "elsewhere", pretty.text)).to.deep.equal(pretty);
    expect(pretty.sha256).to.equal(createHash("sha256").update(pretty.text).digest("hex"));
    expect(pretty.fileName).to.equal(`w-prediction-${pretty.sha256.slice(0, 16)}.json`);
  });
});

describe("the predictions of sentiment", () => {
  it("are flat objects of a label and its scores", () => {
    const { instance, prediction, variableArrays, sample } = readPredictionContract("sentiment");
    expect(instance.map(({ name }) => name)).to.deep.equal(["text"]);
    expect(prediction.map(({ name }) => name)).to.deep.equal([
      "label",
      "score_negative",
      "score_neutral",
      "score_positive",
    ]);
    expect(variableArrays).to.equal(false);
    expect(Object.keys(sample)).to.deep.equal(["text"]);
  });
});
