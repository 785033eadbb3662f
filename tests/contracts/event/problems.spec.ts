import { expect } from "chai";

import { compileEventSchema } from "../../../contracts/event/compile";
import { object, problems, problemsOf, schema, WHOLE } from "./brokenSchema";

describe("a broken schema", () => {
  it("is refused when it is no JSON object", () => {
    const text = (source: string) => () => compileEventSchema("things", "things.json", source);
    expect(text("{")).to.throw("things.json has 1 problem");
    expect(text("{")).to.throw("  - the schema must be JSON: ");
    expect(text("[]")).to.throw(
      "  - the schema must be an object: the JSON schema of an event. Received: [].",
    );
  });

  it("has every problem in one message", () => {
    const broken = schema(
      { f: { type: "string", pattern: "a" }, Name: { type: "text" }, status: { type: "boolean" } },
      { title: undefined, "x-max-bytes": 10_485_761 },
    );
    expect(problems(broken)).to.deep.equal([
      'title is missing: it says what the events are, for example "Social posts".',
      `x-max-bytes ${WHOLE} 1 to 10485760. Received: 10485761.`,
      "f.pattern is not a keyword of a field of the type string: remove it: a string is described by lengths or " +
        'an enum. Received: "a".',
      "Name must be named in lower-case letters, digits and _, a letter first: Athena and Spark ignore case. " +
        'Received: "Name".',
      "Name.type must be one of string, integer, number, boolean, array, object, or a list of one of them and " +
        '"null". Received: "text".',
      "status must have another name: status is a partition of the lake. Rename the field.",
    ]);
  });

  describe("as a whole", () => {
    it("says its dialect, its type and its title", () => {
      expect(problems(schema({}, { $schema: undefined, type: undefined }))).to.deep.equal([
        '$schema is missing: it must be "https://json-schema.org/draft/2020-12/schema".',
        'type must be "object": a record of the stream holds one object.',
      ]);
      expect(
        problems(schema({}, { $schema: "http://json-schema.org/draft-07/schema#", type: "array" })),
      ).to.deep.equal([
        'type must be "object": a record of the stream holds one object. Received: "array".',
        '$schema must be "https://json-schema.org/draft/2020-12/schema". Received: ' +
          '"http://json-schema.org/draft-07/schema#".',
      ]);
    });

    it("has fields, and no keyword outside the subset", () => {
      const keywords = "$comment, $id, $schema, additionalProperties, deprecated, description";
      const known = `${keywords}, examples, properties, required, title, x-max-bytes`;
      expect(problems(schema({}, { if: {}, $defs: {}, oneOf: [] }))).to.deep.equal([
        `if is not a keyword of an event: remove it; there may be ${known}. Received: {}.`,
        "$defs is not a keyword of an event: write its schemas out where they are used. Received: {}.",
        `oneOf is not a keyword of an event: remove it; there may be ${known}. Received: [].`,
      ]);
      const empty = problems(schema({}, { properties: {}, required: [] }));
      expect(empty).to.deep.equal([
        "properties must list the fields: an object without them is open, and the lake has no column for it.",
        'the schema must identify an event: give at least one field "x-use": "identity", or duplicates ' +
          "cannot be found.",
      ]);
    });

    it("requires fields that are there", () => {
      expect(problems(schema({}, { required: ["id", "more"] }))).to.deep.equal([
        "required must name fields of properties only: describe the others or remove them. Received: " +
          '["more"].',
      ]);
      expect(problems(schema({}, { required: ["id", "id"] }))).to.deep.equal([
        'required must be a list of names without repetition. Received: ["id","id"].',
      ]);
    });

    it("bounds its records by what Kinesis takes", () => {
      for (const bytes of [0, 10_485_761, 1.5, "64 KiB"]) {
        expect(problems(schema({}, { "x-max-bytes": bytes }))).to.deep.equal([
          `x-max-bytes ${WHOLE} 1 to 10485760. Received: ${JSON.stringify(bytes)}.`,
        ]);
      }
    });
  });

  describe("in an object", () => {
    const open =
      "must list the fields: an object without them is open, and the lake has no column for it";

    it("is refused when the object is open", () => {
      expect(problemsOf({ type: "object" })).to.deep.equal([`f.properties ${open}.`]);
      const additional = { ...object({ a: { type: "boolean" } }), additionalProperties: true };
      expect(problemsOf(additional)).to.deep.equal([
        "f.additionalProperties must be false or absent: the fields listed are all there are, and unknown ones " +
          "are dropped. Received: true.",
      ]);
    });

    it("is refused when fields stand too deep", () => {
      const deep = object({ a: object({ b: object({ c: { type: "boolean" } }) }) });
      expect(problemsOf(deep)).to.deep.equal([
        "f.a.b must not be an object: fields are at most 3 names deep. Move its fields up.",
      ]);
    });

    it("says what is required there as everywhere", () => {
      const inner = { type: "object", properties: { a: { type: "string" } } };
      expect(problemsOf(inner)).to.deep.equal([
        'f.a must be either required or nullable, because absent equals null: add it to required, or "null" to ' +
          'its type. Received: "string".',
      ]);
    });

    it("has no uses of its own", () => {
      expect(problemsOf({ ...object({ a: { type: "boolean" } }), "x-use": "mask" })).to.deep.equal([
        "f.x-use is not a keyword of a field of the type object: remove it; there may be $comment, " +
          'additionalProperties, deprecated, description, examples, properties, required, title. Received: "mask".',
      ]);
    });
  });
});
