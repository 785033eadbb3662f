import { expect } from "chai";
import fc from "fast-check";

import { compileEventSchema, type EventContract } from "../../contracts/event/compile";
import { compiledText } from "../../contracts/event/compiledText";
import { contractChanges } from "../../contracts/event/evolution";
import { readEventContract } from "../../contracts/event/workloads";
import { createEventValidator } from "../../contracts/eventValidator";
import { SchemaError } from "../../contracts/schema/problem";
import { EVERYTHING } from "../contracts/event/schemas";
import { anyJson, nearly } from "./documents";
import { fuzz } from "./executions";

function compile(text: string): EventContract | undefined {
  try {
    return compileEventSchema("things", "things.json", text);
  } catch (error) {
    expect(error).to.be.an.instanceof(SchemaError);
    const { message, problems } = error as SchemaError;
    expect(problems).to.not.deep.equal([]);
    expect(message).to.match(/^things\.json has .* \(docs\/events\.md has the rules\):/);
    // What every object inherits is nothing that a schema has said.
    expect(message).to.not.contain("[native code]");
    return undefined;
  }
}

describe("the compiler of event schemas", () => {
  it("makes a contract from any schema, or says what is wrong with it", () => {
    fuzz("event schemas", 400, nearly(EVERYTHING), (schema) => {
      const contract = compile(JSON.stringify(schema));
      if (contract !== undefined) {
        expect(compiledText(JSON.parse(contract.text) as typeof contract.compiled)).to.equal(
          contract.text,
        );
        expect(contractChanges(contract.compiled, contract.compiled)).to.deep.equal([]);
        createEventValidator(contract.compiled)(Buffer.from("{}"));
      }
    });
  });

  it("refuses any other text in a sentence", () => {
    const texts = fc.oneof(
      fc.string(),
      anyJson.map((value) => JSON.stringify(value)),
    );
    fuzz("event schemas", 300, texts, compile);
  });

  it("refuses one that is nested deeper than it could be shown", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    for (const place of [`{"examples":${deep},"title":1}`, `{"title":${deep}}`, deep]) {
      expect(compile(place)).to.equal(undefined);
    }
  });
});

describe("the producer's check of records", () => {
  const check = createEventValidator(readEventContract("sentiment").compiled);
  const event = {
    event_id: "1",
    user_id: "u",
    text: "a text",
    created_at: "2026-11-24T10:00:00Z",
    lang: null,
    label: "positive",
  };

  it("takes any bytes or says why the job would refuse them", () => {
    const records = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      nearly(event).map((value) => Buffer.from(JSON.stringify(value) ?? "")),
    );
    fuzz("records, before they are sent", 1000, records, (record) => {
      expect(check(record)?.reason).to.not.equal("unreadable");
    });
  });
});
