import { expect } from "chai";

import { problems, problemsOf, schema, WHOLE } from "./brokenSchema";

describe("a broken field", () => {
  describe("in a type", () => {
    it("is one type, perhaps with null", () => {
      const rule =
        'f.type must be one of string, integer, number, boolean, array, object, or a list of one of them and "null"';
      for (const type of ["null", "text", ["string", "integer"], ["null"], ["string"], [], 5]) {
        expect(problemsOf({ type }, {}).filter((line) => line.startsWith("f.type"))).to.deep.equal([
          `${rule}. Received: ${JSON.stringify(type)}.`,
        ]);
      }
      expect(problemsOf({ enum: ["a"] })).to.deep.equal([`${rule}.`]);
      expect(problemsOf({ $ref: "#/x" })).to.deep.equal([`${rule}.`]);
      expect(problemsOf("string")).to.deep.equal([
        'f must be the schema of a field. Received: "string".',
      ]);
    });

    it("is either required or nullable", () => {
      const both = schema({ f: { type: ["string", "null"] } }, { required: ["id", "f"] });
      expect(problems(both)).to.deep.equal([
        'f must be either required or nullable: remove it from required, or "null" from its type.',
      ]);
      const neither = schema({ f: { type: "string" } }, { required: ["id"] });
      expect(problems(neither)).to.deep.equal([
        'f must be either required or nullable, because absent equals null: add it to required, or "null" to ' +
          'its type. Received: "string".',
      ]);
    });

    it("has the keywords of its type only, and each with a way out", () => {
      const refused = (field: object): string[] =>
        problemsOf(field).map((line) => line.replace(/^f\./, "").replace(/ Received.*/, ""));
      expect(
        refused({
          type: "number",
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          multipleOf: 2,
          $ref: "#",
          const: 1,
        }),
      ).to.deep.equal([
        "exclusiveMinimum is not a keyword of a field of the type number: write the inclusive bound as minimum.",
        "exclusiveMaximum is not a keyword of a field of the type number: write the inclusive bound as maximum.",
        "multipleOf is not a keyword of a field of the type number: remove it, and round where the value is used.",
        "$ref is not a keyword of a field of the type number: write out in place what it refers to.",
        "const is not a keyword of a field of the type number: list the value in enum.",
      ]);
      expect(refused({ type: "string", minimum: 1 })).to.deep.equal([
        "minimum is not a keyword of a field of the type string: remove it; there may be $comment, deprecated, " +
          "description, enum, examples, format, maxLength, minLength, title, x-use.",
      ]);
      expect(refused({ type: "boolean", oneOf: [] })).to.deep.equal([
        "oneOf is not a keyword of a field of the type boolean: remove it; there may be $comment, deprecated, " +
          "description, examples, title, x-use.",
      ]);
    });
  });

  describe("in a string", () => {
    it("has lengths that leave a value", () => {
      expect(problemsOf({ type: "string", minLength: 3, maxLength: 2 })).to.deep.equal([
        "f.minLength must be at most maxLength, which is 2: no value is left otherwise. Received: 3.",
      ]);
      expect(problemsOf({ type: "string", minLength: -1, maxLength: 0 })).to.deep.equal([
        `f.minLength ${WHOLE} 0 to 10485760. Received: -1.`,
        `f.maxLength ${WHOLE} 1 to 10485760. Received: 0.`,
      ]);
    });

    it("has no other format than date-time, which has no lengths", () => {
      expect(problemsOf({ type: "string", format: "email" })).to.deep.equal([
        'f.format must be "date-time", the only format; other strings are described by lengths or an enum. ' +
          'Received: "email".',
      ]);
      const [line] = problemsOf({ type: "string", format: "date-time", maxLength: 20 });
      expect(line).to.contain("f.maxLength is not a keyword of a field of the type date-time: ");
      const [minimum] = problemsOf({
        type: "string",
        format: "date-time",
        formatMinimum: "1900-01-01T00:00:00Z",
      });
      expect(minimum).to.equal(
        "f.formatMinimum is not a keyword of a field of the type date-time: remove it: every date-time begins in " +
          '1900. Received: "1900-01-01T00:00:00Z".',
      );
    });

    it("has an enum of different strings, and null where the type has it", () => {
      const rule =
        "f.enum must be a list of at least one string of Unicode without repetition, and null where the field may be null";
      for (const values of [[1, 2], [], ["a", "a"], "a", ["\ud800"], ["a", true]]) {
        expect(problemsOf({ type: "string", enum: values })).to.deep.equal([
          `${rule}. Received: ${JSON.stringify(values)}.`,
        ]);
      }
      expect(problemsOf({ type: "string", enum: ["a", null] })).to.deep.equal([
        'f.enum must not include null, because the type does not: remove it, or add "null" to the type. Received: ' +
          '["a",null].',
      ]);
      expect(problemsOf({ type: ["string", "null"], enum: ["a"] })).to.deep.equal([
        'f.enum must include null, as the type does, or JSON Schema refuses it. Received: ["a"].',
      ]);
      expect(problemsOf({ type: "string", enum: ["a"], maxLength: 1 })).to.deep.equal([
        "f.maxLength says nothing beside enum, which lists every value: remove one of them.",
      ]);
      const [numbers] = problemsOf({ type: "integer", enum: [1] });
      expect(numbers).to.contain("f.enum is not a keyword of a field of the type integer: ");
    });
  });

  describe("in a number", () => {
    it("has bounds that leave a value and that every reader holds exactly", () => {
      expect(problemsOf({ type: "number", minimum: 2, maximum: 1.5 })).to.deep.equal([
        "f.minimum must be at most maximum, which is 1.5: no value is left otherwise. Received: 2.",
      ]);
      for (const minimum of [0.5, -9007199254740992, "0"]) {
        expect(problemsOf({ type: "integer", minimum })).to.deep.equal([
          "f.minimum must be a whole number from -9007199254740991 to 9007199254740991, which every JSON reader " +
            `holds exactly. Received: ${JSON.stringify(minimum)}.`,
        ]);
      }
      expect(problemsOf({ type: "number", maximum: "9" })).to.deep.equal([
        'f.maximum must be a number that a double can hold. Received: "9".',
      ]);
    });
  });

  describe("in an array", () => {
    it("has a bound", () => {
      const items = { type: "boolean" };
      expect(problemsOf({ type: "array", items })).to.deep.equal([
        "f.maxItems is missing: an array needs a limit, for example 100.",
      ]);
      expect(problemsOf({ type: "array", items, maxItems: 0 })).to.deep.equal([
        `f.maxItems ${WHOLE} 1 to 10485760. Received: 0.`,
      ]);
      expect(problemsOf({ type: "array", items, minItems: 3, maxItems: 2 })).to.deep.equal([
        "f.minItems must be at most maxItems, which is 2: no value is left otherwise. Received: 3.",
      ]);
    });

    it("has scalars that are not null", () => {
      const rule =
        "must be a scalar that is not null: string, integer, number or boolean. Use a separate field for anything else";
      for (const type of ["object", "array", ["string", "null"]]) {
        expect(problemsOf({ type: "array", maxItems: 2, items: { type } })).to.deep.equal([
          `f.items.type ${rule}. Received: ${JSON.stringify(type)}.`,
        ]);
      }
      expect(problemsOf({ type: "array", maxItems: 2 })).to.deep.equal([
        "f.items is missing: the schema of one item.",
      ]);
      expect(problemsOf({ type: "array", maxItems: 2, items: true })).to.deep.equal([
        "f.items must be an object: the schema of one item. Received: true.",
      ]);
    });

    it("has items of the subset, and its uses beside its own type", () => {
      const items = { type: "string", minLength: 2, maxLength: 1, pattern: "a", "x-use": "mask" };
      expect(problemsOf({ type: "array", maxItems: 2, items })).to.deep.equal([
        "f.items.pattern is not a keyword of a field of the type string: remove it: a string is described by " +
          'lengths or an enum. Received: "a".',
        "f.items.minLength must be at most maxLength, which is 1: no value is left otherwise. Received: 2.",
        'f.items.x-use must be beside the type of the array, not of its items: move it. Received: "mask".',
      ]);
    });
  });
});
