import {
  KinesisClient,
  PutRecordsCommand,
  type KinesisClientConfig,
  type PutRecordsCommandOutput,
  type PutRecordsRequestEntry,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";

import type { CompiledContract } from "./event/compiledContract";
import { partitionKey } from "./event/partitionKey";

/** An event as its contract describes it: a JSON object. */
export type Event = Readonly<Record<string, unknown>>;

/** A record ready to be sent. */
export interface ProducerRecord {
  /** Records of one key keep their order; see `partitionKey`. */
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Where a record came to lie in the stream. */
export interface Receipt {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

export interface ProducerOptions {
  readonly streamName: string;
  readonly client: Pick<KinesisClient, "send">;
  /** Most records per second. Absent: as fast as the stream takes them. */
  readonly ratePerSecond?: number;
  /** How often a record is sent before the producer gives up. @default 10 */
  readonly maxAttempts?: number;
  /** Called after each answer with the number of records that are in the stream by then. */
  readonly onProgress?: (sent: number) => void;
  /** Replaced in tests. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Replaced in tests. */
  readonly now?: () => number;
}

/** Limits of one PutRecords call (PutRecords API reference). */
export const MAX_BATCH_RECORDS = 500;
export const MAX_BATCH_BYTES = 5 * 1024 * 1024;

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;

/** The stream refused records again and again. */
export class ProducerError extends Error {}

/**
 * A Kinesis client for the current environment (region, credentials, endpoint).
 *
 * The SDK speaks HTTP/2 with Kinesis, which servers without TLS do not offer; against a plain http
 * endpoint it gets the HTTP/1 handler.
 */
export function createKinesisClient(
  config: KinesisClientConfig = {},
  environment: NodeJS.ProcessEnv = process.env,
): KinesisClient {
  const endpoint = environment.AWS_ENDPOINT_URL_KINESIS ?? environment.AWS_ENDPOINT_URL;
  const plain = endpoint?.startsWith("http://") ?? false;
  return new KinesisClient({
    ...config,
    ...(plain ? { requestHandler: new NodeHttpHandler({}) } : {}),
  });
}

/**
 * A record of an event.
 *
 * @param contract of the stack it is sent to: `events.contract` of its outputs
 */
export function toRecord(event: Event, contract: CompiledContract): ProducerRecord {
  const data = Buffer.from(JSON.stringify(event));
  return { partitionKey: partitionKey(contract, event, data), data };
}

/**
 * Sends records in batches and gives every one's receipt, in the order of the input.
 *
 * PutRecords may refuse some records of a batch; only those are sent again, after a growing pause.
 * Records of one key may then change places: the contract allows it, whoever reads the lake orders by the event's time.
 *
 * @throws ProducerError when a record is refused `maxAttempts` times, with Kinesis's reason
 */
export async function* produce(
  records: AsyncIterable<ProducerRecord> | Iterable<ProducerRecord>,
  options: ProducerOptions,
): AsyncGenerator<Receipt> {
  const pace = pacer(options);
  let sent = 0;
  for await (const batch of batches(records, options.ratePerSecond)) {
    await pace(batch.length);
    const receipts = await sendBatch(batch, options);
    sent += receipts.length;
    options.onProgress?.(sent);
    yield* receipts;
  }
}

async function sendBatch(
  batch: readonly ProducerRecord[],
  options: ProducerOptions,
): Promise<Receipt[]> {
  const sleep = options.sleep ?? defaultSleep;
  const maxAttempts = options.maxAttempts ?? 10;
  const receipts = new Array<Receipt>(batch.length);
  let waiting = batch.map((_record, index) => index);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await put(batch, waiting, options);
    const refused: number[] = [];
    waiting.forEach((index, position) => {
      const { SequenceNumber, ShardId } = answer.Records?.[position] ?? {};
      if (SequenceNumber === undefined || ShardId === undefined) {
        refused.push(index);
      } else {
        receipts[index] = { sequenceNumber: SequenceNumber, shardId: ShardId };
      }
    });
    if (refused.length === 0) {
      return receipts;
    }
    if (attempt >= maxAttempts) {
      const reason = answer.Records?.find(({ ErrorCode }) => ErrorCode !== undefined);
      throw new ProducerError(
        `The stream "${options.streamName}" refused ${refused.length} records ${attempt} times. Last reason: ` +
          `${reason?.ErrorCode ?? "none given"}: ${reason?.ErrorMessage ?? ""}. Send more slowly or give the ` +
          "stream more shards.",
      );
    }
    waiting = refused;
    await sleep(Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS));
  }
}

function put(
  batch: readonly ProducerRecord[],
  indexes: readonly number[],
  { client, streamName }: ProducerOptions,
): Promise<PutRecordsCommandOutput> {
  const entries: PutRecordsRequestEntry[] = indexes.map((index) => ({
    Data: batch[index].data,
    PartitionKey: batch[index].partitionKey,
  }));
  return client.send(new PutRecordsCommand({ StreamName: streamName, Records: entries }));
}

/**
 * Groups records by the limits of a call. A rate makes the groups smaller, so that records arrive
 * evenly: ten calls a second at most.
 */
async function* batches(
  records: AsyncIterable<ProducerRecord> | Iterable<ProducerRecord>,
  ratePerSecond?: number,
): AsyncGenerator<ProducerRecord[]> {
  const most =
    ratePerSecond === undefined
      ? MAX_BATCH_RECORDS
      : Math.min(MAX_BATCH_RECORDS, Math.max(1, Math.ceil(ratePerSecond / 10)));
  let batch: ProducerRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    const size = record.data.length + Buffer.byteLength(record.partitionKey);
    if (batch.length > 0 && (batch.length >= most || bytes + size > MAX_BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) {
    yield batch;
  }
}

/** Holds a steady rate against the clock, so that slow answers are caught up and not added. */
function pacer({
  ratePerSecond,
  sleep = defaultSleep,
  now = Date.now,
}: ProducerOptions): (count: number) => Promise<void> {
  const begin = now();
  let scheduled = 0;
  return async (count) => {
    if (ratePerSecond !== undefined) {
      const due = begin + (scheduled / ratePerSecond) * 1000;
      if (due > now()) {
        await sleep(due - now());
      }
      scheduled += count;
    }
  };
}

function defaultSleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
