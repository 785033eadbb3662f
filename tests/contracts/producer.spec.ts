import { expect } from "chai";

import { createEventValidator } from "../../contracts/eventValidator";
import {
  createKinesisClient,
  MAX_BATCH_BYTES,
  MAX_BATCH_RECORDS,
  produce,
  ProducerError,
  toRecord,
  type Event,
  type ProducerOptions,
  type ProducerRecord,
  type Receipt,
} from "../../contracts/producer";

interface Entry {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
}

/** A stream that refuses the records a test names, as often as it says. */
class FakeStream {
  readonly calls: Entry[][] = [];
  private sequence = 0;

  constructor(private readonly refusals: Record<string, number> = {}) {}

  readonly client = {
    send: ({ input }: { input: { Records: Entry[] } }) => {
      this.calls.push(input.Records);
      return Promise.resolve({
        Records: input.Records.map(({ PartitionKey }) => {
          if ((this.refusals[PartitionKey] ?? 0) > 0) {
            this.refusals[PartitionKey] -= 1;
            return {
              ErrorCode: "ProvisionedThroughputExceededException",
              ErrorMessage: "Rate exceeded for shard",
            };
          }
          this.sequence += 1;
          return { ShardId: "shard-0", SequenceNumber: `${PartitionKey}@${this.sequence}` };
        }),
      });
    },
  } as unknown as ProducerOptions["client"];
}

function records(count: number, size = 10): ProducerRecord[] {
  return Array.from({ length: count }, (_value, index) => ({
    partitionKey: `k${index}`,
    data: Buffer.alloc(size),
  }));
}

async function collect(receipts: AsyncIterable<Receipt>): Promise<Receipt[]> {
  const all: Receipt[] = [];
  for await (const receipt of receipts) {
    all.push(receipt);
  }
  return all;
}

describe("the producer", () => {
  const noSleep = () => Promise.resolve();

  it("sends no more in one call than Kinesis takes, by number and by bytes", async () => {
    const byNumber = new FakeStream();
    await collect(produce(records(1001), { streamName: "s", client: byNumber.client }));
    expect(byNumber.calls.map(({ length }) => length)).to.deep.equal([
      MAX_BATCH_RECORDS,
      MAX_BATCH_RECORDS,
      1,
    ]);
    const byBytes = new FakeStream();
    const mebibyte = records(11, 1024 * 1024 - 3);
    await collect(produce(mebibyte, { streamName: "s", client: byBytes.client }));
    expect(byBytes.calls.map(({ length }) => length)).to.deep.equal([5, 5, 1]);
    for (const call of byBytes.calls) {
      const bytes = call.reduce(
        (sum, { Data, PartitionKey }) => sum + Data.length + Buffer.byteLength(PartitionKey),
        0,
      );
      expect(bytes).to.be.at.most(MAX_BATCH_BYTES);
    }
  });

  it("sends again only what was refused, and gives receipts in the order of the input", async () => {
    const stream = new FakeStream({ k1: 2, k3: 1 });
    const pauses: number[] = [];
    const receipts = await collect(
      produce(records(4), {
        streamName: "s",
        client: stream.client,
        sleep: (milliseconds) => {
          pauses.push(milliseconds);
          return Promise.resolve();
        },
      }),
    );
    expect(stream.calls.map((call) => call.map(({ PartitionKey }) => PartitionKey))).to.deep.equal([
      ["k0", "k1", "k2", "k3"],
      ["k1", "k3"],
      ["k1"],
    ]);
    expect(receipts.map(({ sequenceNumber }) => sequenceNumber)).to.deep.equal([
      "k0@1",
      "k1@4",
      "k2@2",
      "k3@3",
    ]);
    expect(pauses).to.deep.equal([100, 200]);
  });

  it("gives up after the attempts it was given, with Kinesis's reason", async () => {
    const stream = new FakeStream({ k0: 3 });
    const options = { streamName: "posts", client: stream.client, sleep: noSleep, maxAttempts: 3 };
    const error = await collect(produce(records(1), options)).catch((caught: Error) => caught);
    expect(error).to.be.instanceOf(ProducerError);
    expect((error as Error).message)
      .to.contain('"posts" refused 1 records 3 times')
      .and.contain("ProvisionedThroughputExceededException: Rate exceeded for shard");
    const patient = new FakeStream({ k0: 2 });
    expect(
      await collect(produce(records(1), { ...options, client: patient.client })),
    ).to.have.length(1);
  });

  it("holds the rate against the clock, and catches up after a slow answer", async () => {
    let clock = 0;
    const sentAt: number[] = [];
    const stream = new FakeStream();
    const client = {
      send: (command: never) => {
        sentAt.push(clock);
        clock += sentAt.length === 1 ? 250 : 0;
        return (stream.client.send as (input: never) => Promise<unknown>)(command);
      },
    } as ProducerOptions["client"];
    await collect(
      produce(records(50), {
        streamName: "s",
        client,
        ratePerSecond: 100,
        now: () => clock,
        sleep: (milliseconds) => {
          clock += milliseconds;
          return Promise.resolve();
        },
      }),
    );
    expect(stream.calls.map(({ length }) => length)).to.deep.equal([10, 10, 10, 10, 10]);
    expect(sentAt).to.deep.equal([0, 250, 250, 300, 400]);
  });

  it("reports how many records are in the stream", async () => {
    const counts: number[] = [];
    const stream = new FakeStream();
    const onProgress = (sent: number): unknown => counts.push(sent);
    await collect(
      produce(records(501), {
        streamName: "s",
        client: stream.client,
        onProgress: (sent) => void onProgress(sent),
      }),
    );
    expect(counts).to.deep.equal([500, 501]);
  });

  it("keys an event by its user", () => {
    const event: Event = {
      event_id: "1",
      user_id: "ann",
      text: "good",
      created_at: "2026-01-01T00:00:00Z",
    };
    const record = toRecord(event);
    expect(record.partitionKey).to.equal("ann");
    expect(JSON.parse(Buffer.from(record.data).toString())).to.deep.equal(event);
  });

  it("speaks HTTP/1 with plain http endpoints only", () => {
    const handler = (environment: NodeJS.ProcessEnv): string =>
      createKinesisClient({ region: "us-east-1" }, environment).config.requestHandler.constructor
        .name;
    expect(handler({})).to.equal("NodeHttp2Handler");
    expect(handler({ AWS_ENDPOINT_URL: "https://kinesis.example" })).to.equal("NodeHttp2Handler");
    expect(handler({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" })).to.equal("NodeHttpHandler");
    expect(
      handler({
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        AWS_ENDPOINT_URL_KINESIS: "https://kinesis.example",
      }),
    ).to.equal("NodeHttp2Handler");
  });
});

describe("the event validator", () => {
  const validate = createEventValidator();
  const event = {
    event_id: "1",
    user_id: "u",
    text: "good",
    created_at: "2026-01-01T00:00:00Z",
    label: null,
  };

  it("accepts what the contract allows, unknown fields included", () => {
    expect(validate(event)).to.equal(undefined);
    expect(validate({ ...event, extra: 1, label: "positive" })).to.equal(undefined);
  });

  it("names every problem at once", () => {
    const problems = validate({ ...event, event_id: 1, text: "", created_at: "yesterday" });
    for (const field of ["event_id", "text", "created_at"]) {
      expect(problems).to.contain(`event/${field}`);
    }
    expect(validate({ ...event, label: "happy" })).to.contain("event/label");
    expect(validate([])).to.contain("object");
  });

  it("knows no moment before 1900, in whatever zone", () => {
    const problem = "event/created_at should be >= 1900-01-01T00:00:00Z";
    for (const createdAt of ["1899-12-31T23:59:59.999Z", "1900-01-01T00:00:00+00:01"]) {
      expect(validate({ ...event, created_at: createdAt })).to.equal(problem);
    }
    for (const createdAt of ["1900-01-01T00:00:00Z", "1899-12-31T23:59:00-00:01"]) {
      expect(validate({ ...event, created_at: createdAt })).to.equal(undefined);
    }
  });

  it("names fields that hold half of a surrogate pair", () => {
    expect(validate({ ...event, text: "\ud800", user_id: "a\udc00" })).to.equal(
      "event/user_id must be Unicode, but holds half of a surrogate pair, " +
        "event/text must be Unicode, but holds half of a surrogate pair",
    );
    expect(validate({ ...event, text: "\ud83d\ude00", extra: "\ud800" })).to.equal(undefined);
  });
});
