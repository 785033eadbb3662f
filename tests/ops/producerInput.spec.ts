import { expect } from "chai";

import { readEventContract } from "../../contracts/event/workloads";
import type { ProducerRecord } from "../../contracts/producerBatches";
import { toRecords } from "../../ops/producerInput";

const { compiled: contract } = readEventContract("sentiment");
const input = {
  contract,
  file: "posts.jsonl",
  onUnsent: () => expect.fail("Nothing here is checked."),
};

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
    expect(await collect(toRecords(bytes(lines), input))).to.deep.equal([
      ["ann", lines[0]],
      ["bob", lines[3]],
    ]);
  });

  it("go even when they are broken, spread over the shards", async () => {
    const lines = ["not json", "null", '{"user_id":""}', `{"user_id":"${"x".repeat(257)}"}`];
    const sent = await collect(toRecords(bytes(lines), input));
    expect(sent.map(([, data]) => data)).to.deep.equal(lines);
    for (const [key] of sent) {
      expect(key).to.match(/^[0-9a-f]{64}$/);
    }
    expect(new Set(sent.map(([key]) => key)).size).to.equal(4);
  });

  it("are named with file, line, field and reason where a check refuses them, and the rest goes", async () => {
    const unsent: string[] = [];
    const checked = {
      ...input,
      validate: (data: Uint8Array) =>
        Buffer.from(data).toString() === "{}"
          ? { reason: "missing_field" as const, field: "text" }
          : undefined,
      onUnsent: ({ origin }: ProducerRecord, reason: string) =>
        void unsent.push(`${origin}: ${reason}`),
    };
    const lines = bytes(['{"ok":1}', "", "{}", '{"ok":2}']);
    const sent = await collect(toRecords(lines, checked));
    expect(sent.map(([, data]) => data)).to.deep.equal(['{"ok":1}', '{"ok":2}']);
    expect(unsent).to.deep.equal([
      "posts.jsonl, line 3: text is refused as missing_field (A required field, or object, is absent or null)",
    ]);
  });

  it("are skipped only where they are JSON's white space", async () => {
    const sent = await collect(toRecords(bytes([" \t\r", "\u00a0", "\u2028", "\0"]), input));
    expect(sent.map(([, data]) => data)).to.deep.equal(["\u00a0", "\u2028", "\0"]);
  });
});
