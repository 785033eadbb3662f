import { expect } from "chai";

import { compilePredictionSchema } from "../../../contracts/prediction/compile";
import { INSTANCE, ofPrediction, problems, TYPES } from "./brokenSchema";
import { PREDICTION, predictionSchema, side } from "./schemas";

describe("a broken prediction schema", () => {
  it("is refused when it is no JSON object", () => {
    const text = (source: string) => () => compilePredictionSchema("things", "things.json", source);
    expect(text("{")).to.throw("  - the schema must be JSON: ");
    expect(text("[]")).to.throw(
      "  - the schema must be an object: the JSON schema of an instance and its prediction. Received: [].",
    );
  });

  it("has every problem in one message", () => {
    const broken = predictionSchema(
      side(
        { Word: { type: "string", pattern: "a" }, split: { type: "text" } },
        { required: ["x"] },
      ),
      side({ score: { type: ["number", "null"] } }),
      { title: undefined },
    );
    expect(problems(broken)).to.deep.equal([
      'title is missing: it names the API, for example "Sentiment predictions".',
      "instance.required must list every field of properties and no other: Word, split. Received: " +
        '["x"].',
      "instance.Word must be named in lower-case letters, digits and _, a letter first, at most 64 of them: " +
        'columns of the training set and tensors of the model have the same name. Received: "Word".',
      "instance.Word.pattern is not a keyword of a field of the type string: remove it: a string is described by " +
        'lengths or an enum. Received: "a".',
      "instance.split must have another name: split is the column of a training set that names the " +
        "split of an example.",
      `instance.split.type must be one of ${TYPES} or array; nothing is null, and objects are written flat. ` +
        'Received: "text".',
      `prediction.score.type must be one of ${TYPES} or array; nothing is null, and objects are written flat. ` +
        'Received: ["number","null"].',
    ]);
  });

  describe("as a whole", () => {
    it("says its dialect, its type, its title and its description", () => {
      const nothing = { $schema: undefined, title: "", description: undefined, type: undefined };
      expect(problems(predictionSchema(INSTANCE, PREDICTION, nothing))).to.deep.equal([
        '$schema is missing: it must be "https://json-schema.org/draft/2020-12/schema".',
        'title is missing: it names the API, for example "Sentiment predictions".',
        "description is missing: it says what the API answers, in a sentence.",
        'type must be "object": it holds an instance and a prediction.',
      ]);
      const wrong = { $schema: "draft-07", title: 1, description: 2, type: "array" };
      expect(problems(predictionSchema(INSTANCE, PREDICTION, wrong))).to.deep.equal([
        'type must be "object": it holds an instance and a prediction. Received: "array".',
        '$schema must be "https://json-schema.org/draft/2020-12/schema". Received: "draft-07".',
        "title must be a string. Received: 1.",
        "description must be a string. Received: 2.",
      ]);
    });

    it("has an instance and a prediction and nothing else", () => {
      expect(problems(predictionSchema(undefined, undefined))).to.deep.equal([
        "instance is missing: it describes one.",
        "prediction is missing: it describes one.",
      ]);
      expect(problems(predictionSchema([], 7))).to.deep.equal([
        "instance must be the schema of an object. Received: [].",
        "prediction must be the schema of an object. Received: 7.",
      ]);
      expect(
        problems(
          predictionSchema(INSTANCE, PREDICTION, {
            required: ["instance"],
            properties: { instance: INSTANCE, prediction: PREDICTION, more: {} },
          }),
        ),
      ).to.deep.equal([
        'properties must hold instance and prediction only: remove the others. Received: ["more"].',
        'required must be ["instance", "prediction"]. Received: ["instance"].',
      ]);
      expect(
        problems(predictionSchema(INSTANCE, PREDICTION, { required: undefined, $defs: {} })),
      ).to.deep.equal([
        'required must be ["instance", "prediction"].',
        "$defs is not a keyword of a prediction schema: write its schemas out where they are used. Received: {}.",
      ]);
    });
  });

  describe("in one of its sides", () => {
    it("lists the fields, all of them required", () => {
      const empty = side({}, { type: "array", additionalProperties: true });
      expect(problems(predictionSchema(INSTANCE, empty))).to.deep.equal([
        'prediction.type must be "object". Received: "array".',
        "prediction.additionalProperties must be false or absent: a model takes and gives the fields listed and no " +
          "others. Received: true.",
        "prediction.properties must list the fields: a model has no others.",
      ]);
      const list = "must list every field of properties and no other: score, unusual";
      const required = (names: unknown): string[] =>
        problems(predictionSchema(INSTANCE, { ...PREDICTION, required: names }));
      expect(required(undefined)).to.deep.equal([`prediction.required ${list}.`]);
      expect(required(["score"])).to.deep.equal([
        `prediction.required ${list}. Received: ["score"].`,
      ]);
      expect(required(["score", "unusual", "x"])).to.deep.equal([
        `prediction.required ${list}. Received: ["score","unusual","x"].`,
      ]);
      expect(required(["score", "unusual", "score"])).to.deep.equal([
        "prediction.required must be a list of names without repetition. Received: " +
          '["score","unusual","score"].',
      ]);
    });

    it("answers two fields, or no object comes", () => {
      expect(
        problems(predictionSchema(INSTANCE, side({ score: { type: "number" } }))),
      ).to.deep.equal([
        "prediction.properties must list at least two fields: of a single one TensorFlow Serving answers the bare " +
          'value. Add another. Received: ["score"].',
      ]);
    });

    it("has names that training sets and TensorFlow Serving take", () => {
      const long = "a".repeat(65);
      const named = (name: string): string[] =>
        problems(predictionSchema(side({ [name]: { type: "boolean" } }), PREDICTION));
      const rule =
        "must be named in lower-case letters, digits and _, a letter first, at most 64 of them: columns of the " +
        "training set and tensors of the model have the same name";
      for (const name of ["Word", "1st", "a-b", long]) {
        expect(named(name)).to.deep.equal([`instance.${name} ${rule}. Received: "${name}".`]);
      }
      expect(named("example_id")).to.deep.equal([
        "instance.example_id must have another name: example_id is the column of a training set that identifies " +
          "an example.",
      ]);
      expect(named("b64")).to.deep.equal([
        "instance.b64 must have another name: b64 is how TensorFlow Serving marks binary data.",
      ]);
      const bytes =
        "must not end with _bytes: TensorFlow Serving answers strings of such a name in base 64. Rename the field";
      const strings = { type: "array", minItems: 1, maxItems: 1, items: { type: "string" } };
      expect(ofPrediction({ type: "string" }, "raw_bytes")).to.deep.equal([
        `prediction.raw_bytes ${bytes}.`,
      ]);
      expect(ofPrediction(strings, "raw_bytes")).to.deep.equal([`prediction.raw_bytes ${bytes}.`]);
      expect(ofPrediction({ type: "integer" }, "sent_bytes")).to.deep.equal([]);
      expect(ofPrediction({ ...strings, items: { type: "integer" } }, "sent_bytes")).to.deep.equal(
        [],
      );
    });
  });
});
