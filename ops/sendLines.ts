import type { CompiledContract } from "../contracts/event/compiledContract";
import { createEventValidator } from "../contracts/eventValidator";
import { NoLines, readLines } from "../contracts/lines";
import { mostRecordBytes, produce, type ProducerOptions } from "../contracts/producer";
import { Failure } from "./failure";
import { toRecords } from "./producerInput";

/** Lines on their way to a stream. */
export interface SendLinesOptions extends Pick<
  ProducerOptions,
  "streamName" | "client" | "ratePerSecond" | "onProgress"
> {
  /** What to call the file in messages. */
  readonly file: string;
  readonly contract: CompiledContract;
  /** Whether to send only what holds to the contract. */
  readonly validate: boolean;
  /** Called with a sentence about each line that is not sent. */
  readonly report: (sentence: string) => void;
}

/**
 * Sends each line of a file as a record. A line that cannot be sent is reported, and the rest goes on.
 *
 * @returns how many lines could not be sent
 * @throws Failure when the file cannot be read; ProducerError when the stream cannot be written to
 */
export async function sendLines(
  input: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
  { file, contract, validate, report, ...options }: SendLinesOptions,
): Promise<number> {
  let unsent = 0;
  const onUnsent = ({ origin }: { origin?: string }, reason: string): void => {
    unsent += 1;
    report(`${origin} was not sent: ${reason}.`);
  };
  const records = toRecords(readLines(input), {
    contract,
    file,
    validate: validate ? createEventValidator(contract) : undefined,
    onUnsent,
  });
  try {
    const maxRecordBytes = await mostRecordBytes(options.client, options.streamName);
    const receipts = produce(records, { ...options, maxRecordBytes, onUnsent });
    while (!(await receipts.next()).done);
  } catch (error) {
    throw readable(error as Error, file);
  }
  return unsent;
}

/** What a person can act on, of an error while a file is read. */
function readable(error: NodeJS.ErrnoException, file: string): Error {
  if (error instanceof NoLines) {
    return new Failure(`${file} ${error.message}`);
  }
  return error.syscall === "open" || error.syscall === "read"
    ? new Failure(`${file} cannot be read: ${error.message}.`)
    : error;
}
