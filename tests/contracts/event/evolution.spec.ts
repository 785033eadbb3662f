import { expect } from "chai";

import { compileEventSchema } from "../../../contracts/event/compile";
import type { CompiledContract } from "../../../contracts/event/compiledContract";
import {
  contractChanges,
  describeChange,
  refusedChanges,
  warnedChanges,
  type ContractChange,
} from "../../../contracts/event/evolution";
import { SHAPES } from "./vectors/shapes";

type Schema = typeof SHAPES & {
  properties: Record<string, Record<string, unknown>>;
};

function compiled(schema: object, workload = "shapes"): CompiledContract {
  return compileEventSchema(workload, "shapes.ts", JSON.stringify(schema)).compiled;
}

/** What a change of the schema is. */
function changes(edit: (schema: Schema) => void): ContractChange[] {
  const changed = structuredClone(SHAPES) as Schema;
  edit(changed);
  return contractChanges(compiled(SHAPES), compiled(changed));
}

function lines(edit: (schema: Schema) => void): string[] {
  return changes(edit).map((change) => `${change.kind}: ${describeChange(change)}`);
}

function field(schema: Schema, name: string): Record<string, unknown> {
  return (schema.properties as Record<string, Record<string, unknown>>)[name];
}

const QUARANTINE = "events with other values, taken until now, go to quarantine";

describe("a change of the deployed contract", () => {
  it("changes nothing when the notes or only the order change", () => {
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
        "inPlace: site.floor: is new: what is stored reads null",
        "inPlace: more: is new: what is stored reads null",
        "inPlace: part.a: is new: what is stored reads null",
      ]);
      const { odd, ...others } = SHAPES.properties;
      const unlabelled = compiled({ ...SHAPES, properties: others });
      expect(contractChanges(unlabelled, compiled(SHAPES))).to.deep.equal([
        { kind: "inPlace", field: "odd", sentence: "is new: what is stored reads null" },
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
      expect(lines(free)).to.deep.equal(["inPlace: kind: any text may stand there"]);
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
        "warning: a record may have 1000 bytes instead of 2000: events beyond that, taken until now, go to quarantine",
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
          "  - a record may have 1000 bytes instead of 2000: events beyond that, taken until now, go to quarantine.\n" +
          `  - box_id: minimumLength is 3 instead of 2: ${QUARANTINE}.`,
      );
      const looser = changes((schema) => void (field(schema, "box_id").minLength = 1));
      expect(warnedChanges(looser)).to.equal(undefined);
    });

    it("lists the values of a text that was free", () => {
      const kind = { type: ["string", "null"], "x-use": "slice" };
      const before = compiled({ ...SHAPES, properties: { ...SHAPES.properties, kind } });
      expect(contractChanges(before, compiled(SHAPES))).to.deep.equal([
        { kind: "warning", field: "kind", sentence: `may only be round, flat: ${QUARANTINE}` },
      ]);
    });
  });

  describe("is refused", () => {
    it("when a field is gone, renamed or moved", () => {
      const renamed = (schema: Schema): void => {
        const { weight, ...others } = schema.properties;
        schema.properties = { ...others, mass: weight } as unknown as Schema["properties"];
      };
      expect(lines(renamed)).to.deep.equal([
        "refused: weight: is gone, or has another name: what is stored under its name would be lost",
        "inPlace: mass: is new: what is stored reads null",
      ]);
      const moved = (schema: Schema): void => {
        const { weight, ...others } = schema.properties;
        const scale = { type: ["object", "null"], properties: { weight } };
        schema.properties = { ...others, scale } as unknown as Schema["properties"];
      };
      expect(lines(moved)[0]).to.contain("refused: weight: is gone");
      const inner = (schema: Schema): void => {
        const { number, place } = schema.properties.site.properties;
        schema.properties = {
          ...schema.properties,
          site_number: number,
          site: { ...schema.properties.site, required: [], properties: { place } },
        } as unknown as Schema["properties"];
        schema.required.push("site_number");
      };
      expect(lines(inner)).to.deep.equal([
        "refused: site.number: stands at site_number now: producers of both versions cannot be served",
      ]);
    });

    it("when a field has another type", () => {
      const retyped = (schema: Schema): void => {
        field(schema, "total").type = ["number", "null"];
        Object.assign(field(schema, "flags"), { items: { type: "string" } });
        schema.properties.day = { type: "string" } as Schema["properties"]["day"];
        Object.assign(schema.properties, {
          weight: { type: ["array", "null"], maxItems: 2, items: { type: "number" } },
        });
      };
      const both = "files of both cannot be read as one table";
      expect(lines(retyped)).to.deep.equal([
        `refused: day: has the type string instead of date-time: ${both}`,
        `refused: flags: has the type array of string instead of array of boolean: ${both}`,
        `refused: total: has the type number instead of integer: ${both}`,
        `refused: weight: has the type array of number instead of number: ${both}`,
      ]);
    });

    it("when a field is used otherwise, or the identity grows", () => {
      const used = (schema: Schema): void => {
        field(schema, "kind")["x-use"] = undefined;
        field(schema, "tags")["x-use"] = "mask";
        schema.required.push("more");
        Object.assign(schema.properties, { more: { type: "string", "x-use": "identity" } });
      };
      expect(lines(used)).to.deep.equal([
        "refused: tags: is used as mask instead of nothing: what is stored was not prepared for it",
        "refused: kind: is used as nothing instead of slice: what is stored was not prepared for it",
        "refused: more: is new and an identity: events that are remembered would be other ones, and come twice",
      ]);
      const swapped = (schema: Schema): void =>
        void (field(schema, "box_id")["x-use"] = ["pseudonym", "identity"]);
      expect(lines(swapped)).to.deep.equal([]);
    });

    it("when something is required that was optional, or is new", () => {
      const demanding = (schema: Schema): void => {
        schema.required.push("total", "more");
        field(schema, "total").type = "integer";
        schema.properties.site.required.push("place");
        Object.assign(schema.properties.site.properties.place, { type: "object" });
        Object.assign(schema.properties, { more: { type: "boolean" } });
      };
      expect(lines(demanding)).to.deep.equal([
        "refused: site.place: becomes required: who leaves it out was right until now",
        "refused: total: becomes required: who leaves it out was right until now",
        "refused: more: is new and required: nobody sends it yet, so no event would be taken",
      ]);
    });

    it("when it is another workload, whatever its fields", () => {
      expect(contractChanges(compiled(SHAPES), compiled(SHAPES, "others"))).to.deep.equal([
        {
          kind: "refused",
          field: null,
          sentence: "the workload shapes becomes others, whose events are others",
        },
      ]);
    });

    it("in one message with the two ways out", () => {
      const broken = changes((schema) => {
        field(schema, "total").type = ["number", "null"];
        field(schema, "weight").type = ["integer", "null"];
        field(schema, "box_id").maxLength = 9;
      });
      expect(refusedChanges(broken)).to.equal(
        "The deployed event contract cannot become this one:\n" +
          "  - total: has the type number instead of integer: files of both cannot be read as one table.\n" +
          "  - weight: has the type integer instead of number: files of both cannot be read as one table.\n" +
          "Tables and jobs stay as they are. There are two ways out: leave what is deployed as it is, mark it deprecated " +
          "in the schema and add a new optional field beside it; or raise streaming-ml:lake.version in the stack file, " +
          "which begins with prefixes, tables and a checkpoint of its own.",
      );
      expect(
        refusedChanges(changes((schema) => void (field(schema, "box_id").minLength = 9 - 1))),
      ).to.equal(undefined);
    });
  });
});
