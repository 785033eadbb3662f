import { expect } from "chai";

import {
  createKinesisClient,
  MAX_RECORD_BYTES,
  mostRecordBytes,
  produce,
  ProducerError,
  type ProducerOptions,
  type Receipt,
} from "../../contracts/producer";
import {
  MAX_BATCH_BYTES,
  MAX_BATCH_RECORDS,
  type ProducerRecord,
} from "../../contracts/producerBatches";

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
    const busy = new FakeStream({ k0: 2 });
    expect(await collect(produce(records(1), { ...options, client: busy.client }))).to.have.length(
      1,
    );
  });

  it("leaves out a record that is too large, names it, and sends the rest of its batch", async () => {
    const stream = new FakeStream();
    const input = records(4);
    input[1] = { partitionKey: "k1", data: Buffer.alloc(99), origin: "posts, line 2" };
    input[2] = { partitionKey: "k2", data: Buffer.alloc(98) };
    const unsent: string[] = [];
    const options = { streamName: "s", client: stream.client, maxRecordBytes: 100 };
    const onUnsent = ({ origin }: ProducerRecord, reason: string): void =>
      void unsent.push(`${origin}: ${reason}`);
    expect(await collect(produce(input, { ...options, onUnsent }))).to.have.length(3);
    expect(stream.calls.map((call) => call.map(({ PartitionKey }) => PartitionKey))).to.deep.equal([
      ["k0", "k2", "k3"],
    ]);
    expect(unsent).to.deep.equal([
      "posts, line 2: it is larger than the 100 bytes that the stream takes",
    ]);
    const refused = await collect(produce(input, options)).catch((caught: Error) => caught);
    expect(refused).to.be.instanceOf(ProducerError);
    expect((refused as Error).message).to.contain("posts, line 2 cannot be sent: it is larger");
  });

  it("uses a mebibyte as the limit, and the stream's own limit where it is asked", async () => {
    const answer = (MaxRecordSizeInKiB?: number) =>
      ({
        send: () => Promise.resolve({ StreamDescriptionSummary: { MaxRecordSizeInKiB } }),
      }) as unknown as ProducerOptions["client"];
    expect(await mostRecordBytes(answer(2048), "s")).to.equal(2 * MAX_RECORD_BYTES);
    expect(await mostRecordBytes(answer(), "s")).to.equal(1024 * 1024);
    const stream = new FakeStream();
    const options = { streamName: "s", client: stream.client, onUnsent: () => undefined };
    const [fits] = records(1, MAX_RECORD_BYTES - 2);
    const [large] = records(1, MAX_RECORD_BYTES - 1);
    expect(await collect(produce([fits, large], options))).to.have.length(1);
  });

  it("says in a sentence why a call failed, and where to continue", async () => {
    const denied = Object.assign(new Error("You may not."), { name: "AccessDeniedException" });
    const client = { send: () => Promise.reject(denied) } as unknown as ProducerOptions["client"];
    const input = [{ partitionKey: "k", data: Buffer.of(1), origin: "posts, line 7" }];
    const failed = (promise: Promise<unknown>) =>
      promise.then(
        () => "nothing",
        (error: Error) => `${error instanceof ProducerError}: ${error.message}`,
      );
    expect(await failed(collect(produce(input, { streamName: "s", client })))).to.equal(
      'true: The stream "s" could not be written to: AccessDeniedException: You may not. All records before ' +
        "posts, line 7 were sent: continue from there. A few of the following records may be sent twice.",
    );
    expect(await failed(mostRecordBytes(client, "s"))).to.equal(
      'true: The stream "s" cannot be asked: AccessDeniedException: You may not.',
    );
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
