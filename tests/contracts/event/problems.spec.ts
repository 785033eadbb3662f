import { expect } from "chai";

import { compileEventSchema } from "../../../contracts/event/compile";

type Properties = Record<string, unknown>;

const ID = { type: "integer", "x-use": "identity" };

/** A schema with one identity and more fields, required unless their type allows null. */
function schema(properties: Properties, root: object = {}): object {
  const all: Properties = { id: ID, ...properties };
  const isNullable = (field: unknown): boolean => {
    const type = (field as { type?: unknown } | null)?.type;
    return Array.isArray(type) && type.includes("null");
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Things",
    type: "object",
    required: Object.keys(all).filter((name) => !isNullable(all[name])),
    properties: all,
    ...root,
  };
}

function problems(value: unknown): string[] {
  try {
    compileEventSchema("things", "things.json", JSON.stringify(value));
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
    expect(head).to.equal(`things.json has ${count} (docs/events.md has the rules):`);
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

/** What is wrong with a field `f` beside the identity. */
function problemsOf(field: unknown, more: Properties = {}): string[] {
  return problems(schema({ f: field, ...more }));
}

const object = (properties: Properties): object => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});

const WHOLE = "must be a whole number from";
const USE =
  "must be one of identity, pseudonym, mask, event-time, label, slice, or a list of them without repetition";

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
      "f.pattern is no keyword of a field of the type string: remove it: a string is described by lengths or " +
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
        `if is no keyword of an event: remove it; there may be ${known}. Received: {}.`,
        "$defs is no keyword of an event: write its schemas out where they are used. Received: {}.",
        `oneOf is no keyword of an event: remove it; there may be ${known}. Received: [].`,
      ]);
      const empty = problems(schema({}, { properties: {}, required: [] }));
      expect(empty).to.deep.equal([
        "properties must list the fields: an object without them is open, and the lake has no column for it.",
        'the schema must say which event it is: give at least one field "x-use": "identity", or nothing tells ' +
          "a duplicate.",
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
        "f.a.b must be no object: fields stand at most 3 names deep. Move its fields up.",
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
        "f.x-use is no keyword of a field of the type object: remove it; there may be $comment, " +
          'additionalProperties, deprecated, description, examples, properties, required, title. Received: "mask".',
      ]);
    });
  });

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
        "exclusiveMinimum is no keyword of a field of the type number: write the inclusive bound as minimum.",
        "exclusiveMaximum is no keyword of a field of the type number: write the inclusive bound as maximum.",
        "multipleOf is no keyword of a field of the type number: remove it, and round where the value is used.",
        "$ref is no keyword of a field of the type number: write out in place what it refers to.",
        "const is no keyword of a field of the type number: list the value in enum.",
      ]);
      expect(refused({ type: "string", minimum: 1 })).to.deep.equal([
        "minimum is no keyword of a field of the type string: remove it; there may be $comment, deprecated, " +
          "description, enum, examples, format, maxLength, minLength, title, x-use.",
      ]);
      expect(refused({ type: "boolean", oneOf: [] })).to.deep.equal([
        "oneOf is no keyword of a field of the type boolean: remove it; there may be $comment, deprecated, " +
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
      expect(line).to.contain("f.maxLength is no keyword of a field of the type date-time: ");
      const [minimum] = problemsOf({
        type: "string",
        format: "date-time",
        formatMinimum: "1900-01-01T00:00:00Z",
      });
      expect(minimum).to.equal(
        "f.formatMinimum is no keyword of a field of the type date-time: remove it: every date-time begins in " +
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
        'f.enum must not hold null, because the type does not: remove it, or add "null" to the type. Received: ' +
          '["a",null].',
      ]);
      expect(problemsOf({ type: ["string", "null"], enum: ["a"] })).to.deep.equal([
        'f.enum must hold null, as the type does, or JSON Schema refuses it. Received: ["a"].',
      ]);
      expect(problemsOf({ type: "string", enum: ["a"], maxLength: 1 })).to.deep.equal([
        "f.maxLength says nothing beside enum, which lists every value: remove one of them.",
      ]);
      const [numbers] = problemsOf({ type: "integer", enum: [1] });
      expect(numbers).to.contain("f.enum is no keyword of a field of the type integer: ");
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
        "f.maxItems is missing: an array has a bound, for example 100.",
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
        "must be a scalar that is not null: string, integer, number or boolean. Make a field of what is more";
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
        "f.items.pattern is no keyword of a field of the type string: remove it: a string is described by " +
          'lengths or an enum. Received: "a".',
        "f.items.minLength must be at most maxLength, which is 1: no value is left otherwise. Received: 2.",
        "f.items.x-use must stand beside the array's type, not its items': move it. Received: \"mask\".",
      ]);
    });
  });

  describe("in its uses", () => {
    const misfit = (use: string, rule: string): string =>
      `f.x-use does not fit: ${use} needs ${rule}. Change the type or remove the use. Received: "${use}".`;
    const STRINGS = { type: "array", maxItems: 2, items: { type: "string" } };

    it("knows them all", () => {
      for (const use of ["key", ["mask", "mask"], [], 1, null]) {
        expect(problemsOf({ type: "string", "x-use": use })).to.deep.equal([
          `f.x-use ${USE}. Received: ${JSON.stringify(use)}.`,
        ]);
      }
    });

    it("has an identity that is always there, of a type that can be told apart", () => {
      const none = schema({ id: { type: "integer" } });
      expect(problems(none)).to.deep.equal([
        'the schema must say which event it is: give at least one field "x-use": "identity", or nothing tells ' +
          "a duplicate.",
      ]);
      const rule = "a string, an integer or a date-time, and no array";
      for (const type of ["number", "boolean"]) {
        expect(problemsOf({ type, "x-use": "identity" })).to.deep.equal([misfit("identity", rule)]);
      }
      expect(problemsOf({ ...STRINGS, "x-use": "identity" })).to.deep.equal([
        misfit("identity", rule),
      ]);
      const required =
        "must be required, and every object it stands in, because it is an identity: without it, different " +
        "events would be one.";
      expect(problemsOf({ type: ["string", "null"], "x-use": "identity" })).to.deep.equal([
        `f ${required}`,
      ]);
      const inner = { ...object({ a: ID }), type: ["object", "null"] };
      expect(problemsOf(inner)).to.deep.equal([`f.a ${required}`]);
    });

    it("has one event-time at most, a date-time", () => {
      const rule = "a string of the format date-time, and no array";
      expect(problemsOf({ type: "integer", "x-use": "event-time" })).to.deep.equal([
        misfit("event-time", rule),
      ]);
      const times = {
        type: "array",
        maxItems: 2,
        items: { type: "string", format: "date-time" },
        "x-use": "event-time",
      };
      expect(problemsOf(times)).to.deep.equal([misfit("event-time", rule)]);
      const time = { type: "string", format: "date-time", "x-use": "event-time" };
      expect(problemsOf(time, { g: object({ at: time }) })).to.deep.equal([
        "the schema must have at most one field with the use event-time: remove it from the others. Received: " +
          '["f","g.at"].',
      ]);
    });

    it("has one label at most, an enum or a boolean", () => {
      const rule = "a boolean, or a string with an enum whose values have no colon, and no array";
      const broken = [
        { type: "string", "x-use": "label" },
        { type: "integer", "x-use": "label" },
        { type: "string", enum: ["a:b"], "x-use": "label" },
        { ...STRINGS, items: { type: "string", enum: ["a"] }, "x-use": "label" },
        { ...STRINGS, items: { type: "boolean" }, "x-use": "label" },
      ];
      for (const field of broken) {
        expect(problemsOf(field)).to.deep.equal([misfit("label", rule)]);
      }
      const label = { type: "boolean", "x-use": "label" };
      expect(problemsOf(label, { g: label })).to.deep.equal([
        "the schema must have at most one field with the use label: remove it from the others. Received: " +
          '["f","g"].',
      ]);
    });

    it("has pseudonyms of strings and integers only", () => {
      const broken = [
        { type: "number" },
        { type: "boolean" },
        { type: "string", format: "date-time" },
        { type: "string", enum: ["a"] },
      ];
      for (const field of broken) {
        expect(problemsOf({ ...field, "x-use": "pseudonym" })).to.deep.equal([
          misfit("pseudonym", "a string without enum, or an integer"),
        ]);
      }
    });

    it("masks strings only", () => {
      const rule = "a string without enum: nothing else holds a phone number or an address";
      const broken = [{ type: "integer" }, { type: "string", enum: ["a"] }, { type: "boolean" }];
      for (const field of broken) {
        expect(problemsOf({ ...field, "x-use": "mask" })).to.deep.equal([misfit("mask", rule)]);
      }
    });

    it("slices by few values only", () => {
      const rule = "a string, an integer or a boolean, and no array";
      const broken = [{ type: "number" }, STRINGS, { type: "string", format: "date-time" }];
      for (const field of broken) {
        expect(problemsOf({ ...field, "x-use": "slice" })).to.deep.equal([misfit("slice", rule)]);
      }
    });

    it("has none that contradict each other", () => {
      const contradict = (uses: string[], type: object, why: string): void => {
        expect(problemsOf({ ...type, "x-use": uses })).to.deep.equal([
          `f.x-use must not hold both ${uses[0]} and ${uses[1]}, because ${why}: remove one of them. Received: ` +
            `${JSON.stringify(uses)}.`,
        ]);
      };
      const text = { type: "string" };
      contradict(["pseudonym", "mask"], text, "a pseudonym has nothing to mask");
      contradict(["identity", "mask"], text, "masking makes different events equal");
      const few = { type: "string", enum: ["a"] };
      contradict(["identity", "label"], few, "feedback repeats the identity with another label");
    });
  });

  describe("in its names", () => {
    it("uses none that the lake has taken, also where a pseudonym gets it", () => {
      const taken: Record<string, string> = {
        key_version: "a column of every row",
        arrival_time: "a column of every row",
        partition_key: "a column of every row",
        sequence_number: "a column of every row",
        batch_time: "a column of every row",
        raw: "a column of every row",
        reason: "a column of every row",
        reason_field: "a column of every row",
        status: "a partition of the lake",
        dt: "a partition of the lake",
        hour: "a partition of the lake",
        batch: "a partition of the lake",
        data: "a column of the job's query",
        event: "a column of the job's query",
        hash_key: "a column of the job's query",
        quarantine_key: "a column of the job's query",
        unknown_fields: "a column of the job's query",
        deduplication_key_1: "a column of the job's query",
        deduplication_key_2: "a column of the job's query",
      };
      for (const [name, by] of Object.entries(taken)) {
        expect(problems(schema({ [name]: { type: "boolean" } }))).to.deep.equal([
          `${name} must have another name: ${name} is ${by}. Rename the field.`,
        ]);
      }
      const partition = { type: "string", "x-use": "pseudonym" };
      expect(problems(schema({ partition_id: partition }))).to.deep.equal([
        "partition_id must have another name: partition_key is a column of every row. Rename the field.",
      ]);
    });

    it("is in lower case, as Athena and Spark read it", () => {
      for (const name of ["userId", "1st", "_x", "user-id", "é", ""]) {
        expect(problems(schema({ [name]: { type: "boolean" } }))).to.deep.equal([
          `${name === "" ? "the schema" : name} must be named in lower-case letters, digits and _, a letter first: ` +
            `Athena and Spark ignore case. Received: "${name}".`,
        ]);
      }
    });

    it("has no two fields of one name after flattening, nor of one column", () => {
      const flag = { type: "boolean" };
      expect(problems(schema({ a_b: flag, a: object({ b: flag }) }))).to.deep.equal([
        "a.b must have another name: a_b is a name of a_b in the lake, too. Rename one of them.",
      ]);
      const person = { type: "string", "x-use": "pseudonym" };
      expect(problems(schema({ user_key: flag, user_id: person }))).to.deep.equal([
        "user_id must have another name: user_key is a name of user_key in the lake, too. Rename one of them.",
      ]);
      expect(problems(schema({ user_id: person, user: person }))).to.deep.equal([
        "user must have another name: user_key is a name of user_id in the lake, too. Rename one of them.",
      ]);
    });

    it("is no longer than Glue takes", () => {
      const name = "x".repeat(256);
      expect(problems(schema({ [name]: { type: "boolean" } }))).to.deep.equal([
        `${name} must be shorter: its name has 256 characters, and Glue takes 255.`,
      ]);
      expect(problems(schema({ ["x".repeat(255)]: { type: "boolean" } }))).to.deep.equal([]);
    });
  });
});
