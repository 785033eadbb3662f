import { expect } from "chai";

import { contractChanges, refusedChanges } from "../../../contracts/event/evolution";
import { changes, compiled, field, lines, type Schema } from "./changedSchema";
import { SHAPES } from "./vectors/shapes";

describe("a change that the deployed contract does not allow", () => {
  it("when a field is removed, renamed or moved", () => {
    const renamed = (schema: Schema): void => {
      const { weight, ...others } = schema.properties;
      schema.properties = { ...others, mass: weight } as unknown as Schema["properties"];
    };
    expect(lines(renamed)).to.deep.equal([
      "refused: weight: was removed or renamed: what is stored under its name would be lost",
      "inPlace: mass: is new: null in stored events",
    ]);
    const moved = (schema: Schema): void => {
      const { weight, ...others } = schema.properties;
      const scale = { type: ["object", "null"], properties: { weight } };
      schema.properties = { ...others, scale } as unknown as Schema["properties"];
    };
    expect(lines(moved)[0]).to.contain("refused: weight: was removed or renamed");
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
      "refused: site.number: was moved to site_number: producers of both versions cannot be served",
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
      "refused: tags: is used as mask instead of nothing: stored events were not prepared for it",
      "refused: kind: is used as nothing instead of slice: stored events were not prepared for it",
      "refused: more: is new and an identity: events that the job remembers would differ, and be stored twice",
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
      "refused: site.place: becomes required: until now events without it were valid",
      "refused: total: becomes required: until now events without it were valid",
      "refused: more: is new and required: no producer sends it yet, so every event would be refused",
    ]);
  });

  it("when it is another workload, whatever its fields", () => {
    expect(contractChanges(compiled(SHAPES), compiled(SHAPES, "others"))).to.deep.equal([
      {
        kind: "refused",
        field: null,
        sentence: "the workload shapes becomes others, which has other events",
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
        "Tables and jobs are not changed. Either keep the deployed field, mark it deprecated in the schema and add a " +
        "new optional field; or raise streaming-ml:lake.version in the stack file, which creates new prefixes, tables " +
        "and a new checkpoint.",
    );
    expect(
      refusedChanges(changes((schema) => void (field(schema, "box_id").minLength = 9 - 1))),
    ).to.equal(undefined);
  });
});
