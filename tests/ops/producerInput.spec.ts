import { expect } from "chai";

import type { ProducerRecord } from "../../contracts/producer";
import { Failure } from "../../ops/failure";
import { toRecords } from "../../ops/producerInput";

async function collect(records: AsyncIterable<ProducerRecord>): Promise<[string, string][]> {
  const all: [string, string][] = [];
  for await (const { partitionKey, data } of records) {
    all.push([partitionKey, Buffer.from(data).toString()]);
  }
  return all;
}

describe("the posts given to produce", () => {
  it("go byte for byte, keyed by their user, without empty lines", async () => {
    const lines = ['{"user_id":"ann",  "text":"good"}', "", "  ", '{"user_id":"bob"}'];
    expect(await collect(toRecords(lines))).to.deep.equal([
      ["ann", lines[0]],
      ["bob", lines[3]],
    ]);
  });

  it("go even when they are broken, spread over the shards", async () => {
    const lines = ["not json", "null", '{"user_id":""}', `{"user_id":"${"x".repeat(257)}"}`];
    const sent = await collect(toRecords(lines));
    expect(sent.map(([, data]) => data)).to.deep.equal(lines);
    for (const [key] of sent) {
      expect(key).to.match(/^[0-9a-f]{64}$/);
    }
    expect(new Set(sent.map(([key]) => key)).size).to.equal(4);
  });

  it("stop at the first one a check refuses, with its line", async () => {
    const validate = (value: unknown) =>
      (value as { ok?: boolean }).ok ? undefined : "event is not ok";
    const sent: string[] = [];
    const run = async (lines: string[]): Promise<void> => {
      for await (const { data } of toRecords(lines, validate)) {
        sent.push(Buffer.from(data).toString());
      }
    };
    const refused = await run(['{"ok":true}', "", '{"ok":false}']).catch((error: Error) => error);
    expect(refused).to.be.instanceOf(Failure);
    expect((refused as Error).message)
      .to.contain("Line 3")
      .and.contain("event is not ok");
    expect(sent).to.deep.equal(['{"ok":true}']);
    const broken = await run(["{"]).catch((error: Error) => error);
    expect((broken as Error).message)
      .to.contain("Line 1")
      .and.contain("it is not JSON");
  });
});
