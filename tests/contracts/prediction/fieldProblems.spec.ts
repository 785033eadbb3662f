import { expect } from "chai";

import { ofExamples, ofInstance, ofPrediction, TYPES, WHOLE } from "./brokenSchema";

describe("a broken field of a prediction schema", () => {
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
        "prediction.f.enum is not a keyword of a field of the type boolean: remove it; there may be $comment, " +
          "deprecated, description, examples, title. Received: [true].",
      ]);
      expect(ofPrediction({ type: "number", exclusiveMinimum: 0 })).to.deep.equal([
        "prediction.f.exclusiveMinimum is not a keyword of a field of the type number: write the inclusive bound as " +
          "minimum. Received: 0.",
      ]);
      expect(ofPrediction({ type: "string", "x-use": "mask", format: "date-time" })).to.deep.equal([
        "prediction.f.x-use is not a keyword of a field of the type string: remove it; there may be $comment, " +
          'deprecated, description, enum, examples, maxLength, minLength, title. Received: "mask".',
        "prediction.f.format is not a keyword of a field of the type string: remove it; there may be $comment, " +
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
        `prediction.f.items.type must be one of ${TYPES}: use a separate field for anything else. Received: "array".`,
      ]);
      expect(ofPrediction({ ...array, items: { type: "string", pattern: "a" } })).to.deep.equal([
        "prediction.f.items.pattern is not a keyword of a field of the type string: remove it: a string is described " +
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
        "instance.f.maxItems is missing: an array needs a limit, for example 100.",
      ]);
      expect(ofPrediction({ type: "array", minItems: 2, items })).to.deep.equal([
        "prediction.f.maxItems is missing: an array needs a limit, for example 100.",
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
        `instance.examples.1.word is not an instance: it must NOT have more than 2 characters. ${received(wrong)}`,
        `instance.examples.1.kind is not an instance: it must be equal to one of the allowed values (["a","b"]). ` +
          received(wrong),
        `instance.examples.1.list is not an instance: it must NOT have more than 1 items. ${received(wrong)}`,
        `instance.examples.1.list.0 is not an instance: it must be integer. ${received(wrong)}`,
        `instance.examples.1.list.0 is not an instance: it must be <= 9. ${received(wrong)}`,
        `instance.examples.2 is not an instance: it must have required property 'word'. ${received(more)}`,
        `instance.examples.2 is not an instance: it must NOT have additional properties (extra). ${received(more)}`,
        "instance.examples.3 is not an instance: it must be object. Received: 7.",
      ]);
    });
  });
});
