import { expect } from "chai";

import { ID, object, problems, problemsOf, schema, USE } from "./brokenSchema";

describe("a broken use or name", () => {
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

    it("has an identity that is always present, of a type with distinct values", () => {
      const none = schema({ id: { type: "integer" } });
      expect(problems(none)).to.deep.equal([
        'the schema must identify an event: give at least one field "x-use": "identity", or duplicates ' +
          "cannot be found.",
      ]);
      const rule = "a string, an integer or a date-time, and no array";
      for (const type of ["number", "boolean"]) {
        expect(problemsOf({ type, "x-use": "identity" })).to.deep.equal([misfit("identity", rule)]);
      }
      expect(problemsOf({ ...STRINGS, "x-use": "identity" })).to.deep.equal([
        misfit("identity", rule),
      ]);
      const required =
        "must be required, and every object around it, because it is an identity: without it, different " +
        "events would be equal.";
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
          `f.x-use must not have both ${uses[0]} and ${uses[1]}, because ${why}: remove one of them. Received: ` +
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

    it("is no longer than Glue allows", () => {
      const name = "x".repeat(256);
      expect(problems(schema({ [name]: { type: "boolean" } }))).to.deep.equal([
        `${name} must be shorter: its name has 256 characters, and Glue allows 255.`,
      ]);
      expect(problems(schema({ ["x".repeat(255)]: { type: "boolean" } }))).to.deep.equal([]);
    });
  });
});
