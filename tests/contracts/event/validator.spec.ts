import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "chai";
import { readFileSync } from "node:fs";

import type { CompiledContract } from "../../../contracts/event/compiledContract";
import { createEventValidator, describeRefusal } from "../../../contracts/eventValidator";
import sentimentSchema from "../../../workloads/sentiment/event.schema.json";
import { SHAPES } from "./vectors/shapes";
import { type EventVector, eventVectors, VECTOR_FILE, vectorText } from "./vectors/vectorFile";

const { contracts, vectors } = eventVectors();

function bytes({ record, base64 = "" }: EventVector): Uint8Array {
  return record === undefined ? Buffer.from(base64, "base64") : Buffer.from(record);
}

describe("the table of events with which every reader is tested", () => {
  it("is what its command writes", () => {
    expect(readFileSync(VECTOR_FILE, "utf8")).to.equal(vectorText(eventVectors()));
  });

  it("has every reason but the one that no rule foresees", () => {
    const reasons = new Set(
      vectors.map(({ reason }) => reason).filter((reason) => reason !== null),
    );
    expect([...reasons].sort()).to.deep.equal([
      "blank",
      "compressed",
      "in_future",
      "missing_field",
      "not_a_date_time",
      "not_allowed",
      "not_an_object",
      "not_json",
      "not_unicode",
      "not_utf8",
      "record_too_large",
      "several_documents",
      "too_few_items",
      "too_large",
      "too_long",
      "too_many_items",
      "too_short",
      "too_small",
      "wrong_type",
    ]);
  });
});

describe("the event validator", () => {
  for (const [name, text] of Object.entries(contracts)) {
    it(`reaches the job's verdict on every record of ${name}`, () => {
      const validate = createEventValidator(JSON.parse(text) as CompiledContract);
      const own = vectors.filter(({ contract }) => contract === name);
      const expected = own.map(({ about, reason, field, needsClock }) =>
        reason === null || needsClock ? { about } : { about, reason, field },
      );
      const actual = own.map((vector) => ({ about: vector.about, ...validate(bytes(vector)) }));
      expect(actual).to.deep.equal(expected);
    });
  }

  it("accepts nothing that JSON Schema refuses", () => {
    const ajv = new Ajv2020({ allowUnionTypes: true });
    addFormats(ajv);
    ajv.addVocabulary(["x-use", "x-max-bytes"]);
    const schemas: Record<string, object> = { sentiment: sentimentSchema, shapes: SHAPES };
    for (const [name, schema] of Object.entries(schemas)) {
      const isValid = ajv.compile(schema);
      const taken = vectors.filter(({ contract, reason }) => contract === name && reason === null);
      const refused = taken.filter(({ record = "" }) => !isValid(JSON.parse(record)));
      expect(refused.map(({ about }) => about)).to.deep.equal([]);
    }
  });

  it("reads only the contract's fields, however deep the others are", () => {
    const validate = createEventValidator(JSON.parse(contracts.sentiment) as CompiledContract);
    const { record = "" } = vectors.find(({ about }) => about === "every field")!;
    for (const [start, end, depth] of [
      ["[", "]", 30_000],
      ['{"a":', "}", 10_000],
    ] as const) {
      const deep = `${start.repeat(depth)}1${end.repeat(depth)}`;
      expect(validate(Buffer.from(`${record.slice(0, -1)},"more":${deep}}`))).to.equal(undefined);
      expect(validate(Buffer.from(`${record.slice(0, -1)},"label":${deep}}`))).to.deep.equal({
        reason: "wrong_type",
        field: "label",
      });
    }
  });

  it("says why in a sentence", () => {
    expect(describeRefusal({ reason: "too_long", field: "site.place.note" })).to.equal(
      "site.place.note is refused as too_long (A text has more characters than the contract allows)",
    );
    expect(describeRefusal({ reason: "not_an_object", field: null })).to.equal(
      "not_an_object (The JSON document is not an object)",
    );
  });
});
