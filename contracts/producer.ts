import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  type KinesisClientConfig,
  PutRecordsCommand,
  type PutRecordsCommandOutput,
  type PutRecordsRequestEntry,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";

import type { CompiledContract } from "./event/compiledContract";
import { partitionKey } from "./event/partitionKey";
import { batches, type ProducerRecord, size } from "./producerBatches";

/** An event, as its contract describes it: a JSON object. */
export type Event = Readonly<Record<string, unknown>>;

/** The position of a record in the stream. */
export interface Receipt {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

export interface ProducerOptions {
  readonly streamName: string;
  readonly client: Pick<KinesisClient, "send">;
  /** Maximum records per second. Absent: as fast as the stream accepts them. */
  readonly ratePerSecond?: number;
  /** How often a record is sent before the producer gives up. @default 10 */
  readonly maxAttempts?: number;
  /**
   * Maximum bytes of a record, including its partition key; {@link mostRecordBytes} reads the limit of a stream.
   * @default 1,048,576, which every stream accepts
   */
  readonly maxRecordBytes?: number;
  /**
   * Called for a record that can never be sent, with the reason as a sentence without a full stop. The record has no
   * receipt, and the others are sent. Absent: such a record causes a {@link ProducerError}.
   */
  readonly onUnsent?: (record: ProducerRecord, reason: string) => void;
  /** Called after each response with the number of records that are in the stream. */
  readonly onProgress?: (sent: number) => void;
  /** Replaced in tests. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Replaced in tests. */
  readonly now?: () => number;
}

/** Default maximum size of a record (MaxRecordSizeInKiB of CreateStream). */
export const MAX_RECORD_BYTES = 1024 * 1024;

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;

/** Records could not be sent; the message says which, why, and where to continue. */
export class ProducerError extends Error {}

/**
 * A Kinesis client for the current environment (region, credentials, endpoint).
 *
 * The SDK uses HTTP/2 with Kinesis, which servers without TLS do not support: with a plain http endpoint the client gets
 * the HTTP/1 handler.
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
 * Maximum bytes of a record of a stream, including its partition key.
 *
 * @throws ProducerError if Kinesis does not return it
 */
export async function mostRecordBytes(
  client: Pick<KinesisClient, "send">,
  streamName: string,
): Promise<number> {
  const { StreamDescriptionSummary: stream } = await client
    .send(new DescribeStreamSummaryCommand({ StreamName: streamName }))
    .catch((error: Error) => {
      throw new ProducerError(`The stream "${streamName}" cannot be asked: ${reasonOf(error)}`, {
        cause: error,
      });
    });
  return stream?.MaxRecordSizeInKiB === undefined
    ? MAX_RECORD_BYTES
    : stream.MaxRecordSizeInKiB * 1024;
}

/**
 * The record of an event.
 *
 * @param contract contract of the stack it is sent to: `events.contract` of its outputs
 */
export function toRecord(event: Event, contract: CompiledContract): ProducerRecord {
  const data = Buffer.from(JSON.stringify(event));
  return { partitionKey: partitionKey(contract, event, data), data };
}

/**
 * Sends records in batches and yields the receipt of each, in the order of the input.
 *
 * PutRecords may refuse some records of a batch; only those are retried, with exponential backoff. Records with the same
 * key may then change their order: readers of the lake order by the event's time. PutRecords refuses a whole batch if one
 * record is too large, so such a record is never sent.
 *
 * @throws ProducerError if a record or a whole call fails `maxAttempts` times, with Kinesis's reason and the record to
 *   continue from
 */
export async function* produce(
  records: AsyncIterable<ProducerRecord> | Iterable<ProducerRecord>,
  options: ProducerOptions,
): AsyncGenerator<Receipt> {
  const pace = pacer(options);
  let sent = 0;
  for await (const batch of batches(sendable(records, options), options.ratePerSecond)) {
    await pace(batch.length);
    const receipts = await sendBatch(batch, options);
    sent += receipts.length;
    options.onProgress?.(sent);
    yield* receipts;
  }
}

/** Leaves out records that are too large for the stream. */
async function* sendable(
  records: AsyncIterable<ProducerRecord> | Iterable<ProducerRecord>,
  { maxRecordBytes = MAX_RECORD_BYTES, onUnsent }: ProducerOptions,
): AsyncGenerator<ProducerRecord> {
  let number = 0;
  for await (const record of records) {
    number += 1;
    if (size(record) <= maxRecordBytes) {
      yield record;
      continue;
    }
    const reason = `it is larger than the ${maxRecordBytes} bytes that the stream takes`;
    if (onUnsent === undefined) {
      throw new ProducerError(
        `${record.origin ?? `Record ${number}`} cannot be sent: ${reason}. The records shortly before it may be unsent, too.`,
      );
    }
    onUnsent(record, reason);
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
          `stream more shards.${goOnFrom(batch[refused[0]])}`,
      );
    }
    waiting = refused;
    await sleep(Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS));
  }
}

async function put(
  batch: readonly ProducerRecord[],
  indexes: readonly number[],
  { client, streamName }: ProducerOptions,
): Promise<PutRecordsCommandOutput> {
  const entries: PutRecordsRequestEntry[] = indexes.map((index) => ({
    Data: batch[index].data,
    PartitionKey: batch[index].partitionKey,
  }));
  try {
    return await client.send(new PutRecordsCommand({ StreamName: streamName, Records: entries }));
  } catch (error) {
    throw new ProducerError(
      `The stream "${streamName}" could not be written to: ${reasonOf(error as Error)}` +
        goOnFrom(batch[indexes[0]]),
      { cause: error },
    );
  }
}

function reasonOf({ name, message }: Error): string {
  return `${name}: ${message.replace(/\.$/, "")}.`;
}

function goOnFrom({ origin }: ProducerRecord): string {
  return origin === undefined
    ? ""
    : ` All records before ${origin} were sent: continue from there. A few of the following records may be sent twice.`;
}

/** Keeps a steady rate by the clock, so that delays of slow responses do not add up. */
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
