import { expect } from "chai";

import { readEventContract } from "../../contracts/event/workloads";
import type { ProducerRecord } from "../../contracts/producer";
import { Failure } from "../../ops/failure";
import { toRecords } from "../../ops/producerInput";

const { compiled: contract } = readEventContract("sentiment");

function bytes(lines: readonly string[]): Buffer[] {
  return lines.map((line) => Buffer.from(line));
}

async function collect(records: AsyncIterable<ProducerRecord>): Promise<[string, string][]> {
  const all: [string, string][] = [];
  for await (const { partitionKey, data } of records) {
    all.push([partitionKey, Buffer.from(data).toString()]);
  }
  return all;
}

describe("the events given to produce", () => {
  it("go byte for byte, keyed by their user, without empty lines", async () => {
    const lines = ['{"user_id":"ann",  "text":"good"}', "", "  ", '{"user_id":"bob"}'];
    expect(await collect(toRecords(bytes(lines), contract))).to.deep.equal([
      ["ann", lines[0]],
      ["bob", lines[3]],
    ]);
  });

  it("go even when they are broken, spread over the shards", async () => {
    const lines = ["not json", "null", '{"user_id":""}', `{"user_id":"${"x".repeat(257)}"}`];
    const sent = await collect(toRecords(bytes(lines), contract));
    expect(sent.map(([, data]) => data)).to.deep.equal(lines);
    for (const [key] of sent) {
      expect(key).to.match(/^[0-9a-f]{64}$/);
    }
    expect(new Set(sent.map(([key]) => key)).size).to.equal(4);
  });

  it("stop at the first one a check refuses, with its line, the field and the reason", async () => {
    const sent: string[] = [];
    const run = async (lines: string[]): Promise<void> => {
      const validate = (data: Uint8Array) =>
        Buffer.from(data).toString() === "{}"
          ? { reason: "missing_field" as const, field: "text" }
          : undefined;
      for await (const { data } of toRecords(bytes(lines), contract, validate)) {
        sent.push(Buffer.from(data).toString());
      }
    };
    const refused = await run(['{"ok":true}', "", "{}", '{"ok":true}']).catch(
      (error: Error) => error,
    );
    expect(refused).to.be.instanceOf(Failure);
    expect((refused as Error).message).to.equal(
      "Line 3 is not a valid event: text is refused as missing_field (A required field, or object, is absent or " +
        "null). Nothing after it was sent.",
    );
    expect(sent).to.deep.equal(['{"ok":true}']);
  });
});
