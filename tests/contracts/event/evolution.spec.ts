import { expect } from "chai";

import { contractChanges, warnedChanges } from "../../../contracts/event/evolution";
import { changes, compiled, field, lines, QUARANTINE, type Schema } from "./changedSchema";
import { SHAPES } from "./vectors/shapes";

describe("a change of the deployed contract", () => {
  it("is empty when the notes change, and needs nothing when only the order does", () => {
    expect(lines((schema) => void (schema.title = "Other"))).to.deep.equal([]);
    const reordered = (schema: Schema): void => {
      schema.properties = Object.fromEntries(
        Object.entries(schema.properties).reverse(),
      ) as Schema["properties"];
    };
    expect(lines(reordered)).to.deep.equal(["inPlace: the order of the fields changes"]);
  });

  describe("in place", () => {
    it("adds optional fields, also in objects, and a label where there was none", () => {
      const added = (schema: Schema): void => {
        Object.assign(schema.properties, { more: { type: ["string", "null"], "x-use": "mask" } });
        Object.assign(schema.properties.site.properties, { floor: { type: ["integer", "null"] } });
        Object.assign(schema.properties, {
          part: {
            type: ["object", "null"],
            required: ["a"],
            properties: { a: { type: "boolean" } },
          },
        });
      };
      expect(lines(added)).to.deep.equal([
        "inPlace: site.floor: is new: null in stored events",
        "inPlace: more: is new: null in stored events",
        "inPlace: part.a: is new: null in stored events",
      ]);
      const { odd, ...others } = SHAPES.properties;
      const unlabelled = compiled({ ...SHAPES, properties: others });
      expect(contractChanges(unlabelled, compiled(SHAPES))).to.deep.equal([
        { kind: "inPlace", field: "odd", sentence: "is new: null in stored events" },
      ]);
      expect(odd["x-use"]).to.equal("label");
    });

    it("makes fields and objects optional", () => {
      const optional = (schema: Schema): void => {
        schema.required = schema.required.filter((name) => name !== "day");
        field(schema, "day").type = ["string", "null"];
      };
      expect(lines(optional)).to.deep.equal(["inPlace: day: becomes optional"]);
    });

    it("loosens limits", () => {
      const looser = (schema: Schema): void => {
        schema["x-max-bytes"] = 3000;
        Object.assign(field(schema, "box_id"), { minLength: 1, maxLength: undefined });
        Object.assign(field(schema, "levels"), {
          minItems: 1,
          maxItems: 5,
          items: { type: "number" },
        });
        schema.properties.site.properties.number.minimum = 0;
        field(schema, "kind").enum = ["round", "square", "flat", null];
      };
      expect(lines(looser)).to.deep.equal([
        "inPlace: a record may have 3000 bytes instead of 2000",
        "inPlace: box_id: minimumLength is 1 instead of 2",
        "inPlace: box_id: maximumLength is none instead of 8",
        "inPlace: site.number: minimum is 0 instead of 1",
        "inPlace: levels: minimum is none instead of 0",
        "inPlace: levels: minimumItems is 1 instead of 2",
        "inPlace: levels: maximumItems is 5 instead of 4",
        "inPlace: kind: may be square, too",
      ]);
      const free = (schema: Schema): void => void delete field(schema, "kind").enum;
      expect(lines(free)).to.deep.equal(["inPlace: kind: may be any text"]);
      const order = (schema: Schema): void =>
        void (field(schema, "kind").enum = ["flat", "round", null]);
      expect(lines(order)).to.deep.equal(["inPlace: kind: the order of its values changes"]);
    });
  });

  describe("with a warning", () => {
    it("tightens limits", () => {
      const tighter = (schema: Schema): void => {
        schema["x-max-bytes"] = 1000;
        field(schema, "box_id").minLength = 3;
        Object.assign(field(schema, "levels"), { maxItems: 3 });
        Object.assign(field(schema, "total"), { maximum: 9 });
        Object.assign(field(schema, "weight"), { minimum: -0.5 });
        field(schema, "kind").enum = ["round", null];
      };
      expect(lines(tighter)).to.deep.equal([
        "warning: a record may have 1000 bytes instead of 2000: larger events, which were accepted before, go to quarantine",
        `warning: box_id: minimumLength is 3 instead of 2: ${QUARANTINE}`,
        `warning: levels: maximumItems is 3 instead of 4: ${QUARANTINE}`,
        `warning: kind: may not be flat: ${QUARANTINE}`,
        `warning: total: maximum is 9 instead of 9007199254740991: ${QUARANTINE}`,
        `warning: weight: minimum is -0.5 instead of none: ${QUARANTINE}`,
      ]);
    });

    it("in one message, and in none when nothing is tighter", () => {
      const both = changes((schema) => {
        field(schema, "box_id").minLength = 3;
        schema["x-max-bytes"] = 1000;
        field(schema, "tags").maxItems = 50;
      });
      expect(warnedChanges(both)).to.equal(
        "The event contract becomes tighter:\n" +
          "  - a record may have 1000 bytes instead of 2000: larger events, which were accepted before, go to quarantine.\n" +
          `  - box_id: minimumLength is 3 instead of 2: ${QUARANTINE}.`,
      );
      const looser = changes((schema) => void (field(schema, "box_id").minLength = 1));
      expect(warnedChanges(looser)).to.equal(undefined);
    });

    it("lists the values of a string that allowed any value before", () => {
      const kind = { type: ["string", "null"], "x-use": "slice" };
      const before = compiled({ ...SHAPES, properties: { ...SHAPES.properties, kind } });
      expect(contractChanges(before, compiled(SHAPES))).to.deep.equal([
        { kind: "warning", field: "kind", sentence: `may only be round, flat: ${QUARANTINE}` },
      ]);
    });
  });
});
