import type { CompiledContract } from "../contracts/event/compiledContract";
import { partitionKey } from "../contracts/event/partitionKey";
import { describeRefusal, type EventValidator } from "../contracts/eventValidator";
import type { ProducerRecord } from "../contracts/producerBatches";

const SPACE = 0x20;
const TABULATOR = 0x09;
const CARRIAGE_RETURN = 0x0d;

/** What becomes of lines on their way to the stream. */
export interface InputOptions {
  /** Contract of the stack they are sent to. */
  readonly contract: CompiledContract;
  /** What to call the file in messages. */
  readonly file: string;
  /** Says what is wrong with a record, undefined when nothing is; absent: nobody looks. */
  readonly validate?: EventValidator;
  /** Called for each event that `validate` refuses, with the reason as a sentence without its end. */
  readonly onUnsent: (record: ProducerRecord, reason: string) => void;
}

/**
 * Turns lines into records, byte for byte: what is wrong with an event is the streaming job's to find,
 * unless the sender asks for a check. Lines of JSON's white space alone are skipped.
 */
export async function* toRecords(
  lines: AsyncIterable<Buffer> | Iterable<Buffer>,
  { contract, file, validate, onUnsent }: InputOptions,
): AsyncGenerator<ProducerRecord> {
  let number = 0;
  for await (const data of lines) {
    number += 1;
    if (data.every((byte) => byte === SPACE || byte === TABULATOR || byte === CARRIAGE_RETURN)) {
      continue;
    }
    const record = {
      partitionKey: partitionKey(contract, parse(data), data),
      data,
      origin: `${file}, line ${number}`,
    };
    const refusal = validate?.(data);
    if (refusal === undefined) {
      yield record;
    } else {
      onUnsent(record, describeRefusal(refusal));
    }
  }
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
