import { expect } from "chai";

import { compileEventSchema } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";
import { toRecord } from "../../contracts/producer";

describe("the partition key of an event", () => {
  const at = "2026-01-01T00:00:00Z";
  const PERSON = { type: "integer", "x-use": "pseudonym" };
  const ID = { type: "string", "x-use": "identity" };
  const FRIENDS = { type: "array", maxItems: 2, items: { type: "string" }, "x-use": "pseudonym" };

  function contract(properties: Record<string, object>): CompiledContract {
    const object = { type: "object", required: Object.keys(properties), properties };
    const schema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "T",
      ...object,
    };
    return compileEventSchema("things", "f", JSON.stringify(schema)).compiled;
  }

  const inner = { type: "object", required: ["person"], properties: { person: PERSON } };

  it("is the person it is about, wherever the contract has one", () => {
    const about = contract({ friends: FRIENDS, who: inner, id: ID });
    const event = { friends: ["bob"], who: { person: 7 }, id: "1", at };
    const record = toRecord(event, about);
    expect(record.partitionKey).to.equal("7");
    expect(JSON.parse(Buffer.from(record.data).toString())).to.deep.equal(event);
  });

  it("is its identity if the event is about no person", () => {
    const about = contract({ id: ID, part: { ...ID, type: "integer" }, friends: FRIENDS });
    expect(toRecord({ id: "a", part: 2, friends: ["b"] }, about).partitionKey).to.equal("a:2");
  });

  it("is a hash of its content if Kinesis does not accept the identity", () => {
    const about = contract({ id: ID });
    const keys = [{}, { id: "" }, { id: null }, { id: "x".repeat(257) }, { id: "\ud800" }].map(
      (event) => toRecord(event, about).partitionKey,
    );
    expect(keys[0]).to.equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    for (const key of keys) {
      expect(key).to.match(/^[0-9a-f]{64}$/);
    }
    expect(new Set(keys).size).to.equal(5);
    expect(toRecord({ id: "x".repeat(256) }, about).partitionKey).to.equal("x".repeat(256));
  });
});
