import { expect } from "chai";

import { compilePredictionSchema } from "../../../contracts/prediction/compile";
import { PREDICTION, predictionSchema, side } from "./schemas";

type Properties = Record<string, unknown>;

function problems(value: unknown): string[] {
  try {
    compilePredictionSchema("things", "things.json", JSON.stringify(value));
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
    expect(head).to.equal(`things.json has ${count} (docs/predictions.md has the rules):`);
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

const INSTANCE = side({ id: { type: "integer" } }, { examples: [{ id: 1 }] });

/** What is wrong with a field `f` of an instance. */
function ofInstance(f: unknown): string[] {
  return problems(predictionSchema(side({ f }, { examples: [{}] }), PREDICTION));
}

/** What is wrong with a field `f` of a prediction, beside another one. */
function ofPrediction(f: unknown, name = "f"): string[] {
  return problems(predictionSchema(INSTANCE, side({ [name]: f, other: { type: "boolean" } })));
}

function ofExamples(
  examples: unknown,
  properties: Properties = { f: { type: "integer" } },
): string[] {
  return problems(
    predictionSchema(side(properties, examples === undefined ? {} : { examples }), PREDICTION),
  );
}

const TYPES = "string, integer, number, boolean";
const WHOLE = "must be a whole number from";

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
      "instance.Word.pattern is no keyword of a field of the type string: remove it: a string is described by " +
        'lengths or an enum. Received: "a".',
      "instance.split must have another name: split is the column of a training set that says what the example " +
        "is for.",
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
        "$defs is no keyword of a prediction schema: write its schemas out where they are used. Received: {}.",
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
        "prediction.properties must list the fields: a model takes and gives nothing else.",
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
        "instance.example_id must have another name: example_id is the column of a training set that says which " +
          "example it is.",
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

  describe("in a field", () => {
    it("has one type", () => {
      const rule = `must be one of ${TYPES} or array; nothing is null, and objects are written flat`;
      expect(ofInstance(7)).to.deep.equal([
        "instance.f must be the schema of a field. Received: 7.",
      ]);
      expect(ofInstance({})).to.deep.equal([`instance.f.type ${rule}.`]);
      expect(ofInstance({ type: "object" })).to.deep.equal([
        `instance.f.type ${rule}. Received: "object".`,
      ]);
    });

    it("has the keywords of its type", () => {
      expect(ofPrediction({ type: "boolean", enum: [true] })).to.deep.equal([
        "prediction.f.enum is no keyword of a field of the type boolean: remove it; there may be $comment, " +
          "deprecated, description, examples, title. Received: [true].",
      ]);
      expect(ofPrediction({ type: "number", exclusiveMinimum: 0 })).to.deep.equal([
        "prediction.f.exclusiveMinimum is no keyword of a field of the type number: write the inclusive bound as " +
          "minimum. Received: 0.",
      ]);
      expect(ofPrediction({ type: "string", "x-use": "mask", format: "date-time" })).to.deep.equal([
        "prediction.f.x-use is no keyword of a field of the type string: remove it; there may be $comment, " +
          'deprecated, description, enum, examples, maxLength, minLength, title. Received: "mask".',
        "prediction.f.format is no keyword of a field of the type string: remove it; there may be $comment, " +
          'deprecated, description, enum, examples, maxLength, minLength, title. Received: "date-time".',
      ]);
    });

    it("has limits that are numbers and leave a value", () => {
      expect(ofPrediction({ type: "string", minLength: -1, maxLength: 0 })).to.deep.equal([
        `prediction.f.minLength ${WHOLE} 0 to 10485760. Received: -1.`,
        `prediction.f.maxLength ${WHOLE} 1 to 10485760. Received: 0.`,
      ]);
      expect(ofPrediction({ type: "string", minLength: 3, maxLength: 2 })).to.deep.equal([
        "prediction.f.minLength must be at most maxLength, which is 2: no value is left otherwise. Received: 3.",
      ]);
      expect(ofPrediction({ type: "integer", minimum: 0.5, maximum: 2 ** 53 })).to.deep.equal([
        `prediction.f.minimum ${WHOLE} -9007199254740991 to 9007199254740991, which every JSON reader holds ` +
          "exactly. Received: 0.5.",
        `prediction.f.maximum ${WHOLE} -9007199254740991 to 9007199254740991, which every JSON reader holds ` +
          "exactly. Received: 9007199254740992.",
      ]);
      expect(ofPrediction({ type: "number", minimum: 2, maximum: 1 })).to.deep.equal([
        "prediction.f.minimum must be at most maximum, which is 1: no value is left otherwise. Received: 2.",
      ]);
    });

    it("lists strings once in an enum, and nothing beside it", () => {
      const rule = "must be a list of at least one string of Unicode without repetition";
      for (const values of [[], ["a", "a"], ["a", null], ["\ud800"], "a"]) {
        expect(ofPrediction({ type: "string", enum: values })).to.deep.equal([
          `prediction.f.enum ${rule}. Received: ${JSON.stringify(values)}.`,
        ]);
      }
      expect(ofPrediction({ type: "string", enum: ["a"], maxLength: 1 })).to.deep.equal([
        "prediction.f.maxLength says nothing beside enum, which lists every value: remove one of them.",
      ]);
    });
  });

  describe("in an array", () => {
    const array = { type: "array", minItems: 2, maxItems: 2 };

    it("has items that are scalars", () => {
      expect(ofPrediction(array)).to.deep.equal([
        "prediction.f.items is missing: the schema of one item.",
      ]);
      expect(ofPrediction({ ...array, items: [] })).to.deep.equal([
        "prediction.f.items must be an object: the schema of one item. Received: [].",
      ]);
      expect(ofPrediction({ ...array, items: { type: "array" } })).to.deep.equal([
        `prediction.f.items.type must be one of ${TYPES}: make a field of what is more. Received: "array".`,
      ]);
      expect(ofPrediction({ ...array, items: { type: "string", pattern: "a" } })).to.deep.equal([
        "prediction.f.items.pattern is no keyword of a field of the type string: remove it: a string is described " +
          'by lengths or an enum. Received: "a".',
      ]);
      expect(
        ofPrediction({ ...array, items: { type: "integer", minimum: 2, maximum: 1 } }),
      ).to.deep.equal([
        "prediction.f.items.minimum must be at most maximum, which is 1: no value is left otherwise. Received: 2.",
      ]);
    });

    it("has a bound, and in a prediction one length", () => {
      const items = { type: "integer" };
      expect(ofInstance({ type: "array", items })).to.deep.equal([
        "instance.f.maxItems is missing: an array has a bound, for example 100.",
      ]);
      expect(ofPrediction({ type: "array", minItems: 2, items })).to.deep.equal([
        "prediction.f.maxItems is missing: an array has a bound, for example 100.",
      ]);
      const rule =
        "must be maxItems, 2: every prediction of an answer has the same shape. Pad shorter ones";
      expect(ofPrediction({ type: "array", maxItems: 2, items })).to.deep.equal([
        `prediction.f.minItems ${rule}.`,
      ]);
      expect(ofPrediction({ type: "array", minItems: 1, maxItems: 2, items })).to.deep.equal([
        `prediction.f.minItems ${rule}. Received: 1.`,
      ]);
    });
  });

  describe("in its examples", () => {
    it("has an instance for the health check", () => {
      const rule = "must hold an instance: the health check asks the model about the first one";
      expect(ofExamples(undefined)).to.deep.equal([`instance.examples ${rule}.`]);
      expect(ofExamples([])).to.deep.equal([`instance.examples ${rule}.`]);
      expect(ofExamples({})).to.deep.equal(["instance.examples must be a list. Received: {}."]);
    });

    it("has instances only, with everything that is wrong about each", () => {
      const properties = {
        word: { type: "string", maxLength: 2, minLength: 1 },
        kind: { type: "string", enum: ["a", "b"] },
        list: { type: "array", maxItems: 1, items: { type: "integer", maximum: 9 } },
      };
      const right = { word: "\u{1F600}\u{1F600}", kind: "a", list: [] };
      const wrong = { word: "abc", kind: "c", list: [10.5, 1] };
      const more = { kind: "a", list: [], extra: 1 };
      const received = (value: object): string => `Received: ${JSON.stringify(value)}.`;
      expect(ofExamples([right, wrong, more, 7], properties)).to.deep.equal([
        `instance.examples.1.word is no instance: it must NOT have more than 2 characters. ${received(wrong)}`,
        `instance.examples.1.kind is no instance: it must be equal to one of the allowed values (["a","b"]). ` +
          received(wrong),
        `instance.examples.1.list is no instance: it must NOT have more than 1 items. ${received(wrong)}`,
        `instance.examples.1.list.0 is no instance: it must be integer. ${received(wrong)}`,
        `instance.examples.1.list.0 is no instance: it must be <= 9. ${received(wrong)}`,
        `instance.examples.2 is no instance: it must have required property 'word'. ${received(more)}`,
        `instance.examples.2 is no instance: it must NOT have additional properties (extra). ${received(more)}`,
        "instance.examples.3 is no instance: it must be object. Received: 7.",
      ]);
    });
  });
});
