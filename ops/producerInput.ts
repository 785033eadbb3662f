import type { CompiledContract } from "../contracts/event/compiledContract";
import { partitionKey } from "../contracts/event/partitionKey";
import { describeRefusal, type EventValidator } from "../contracts/eventValidator";
import type { ProducerRecord } from "../contracts/producer";
import { Failure } from "./failure";

/**
 * Turns lines into records, byte for byte: what is wrong with an event is the streaming job's to find,
 * unless the sender asks for a check. Empty lines are skipped.
 *
 * @param contract of the stack they are sent to
 * @param validate says what is wrong with a record, undefined when nothing is
 * @throws Failure at the first event the check refuses, with its line number
 */
export async function* toRecords(
  lines: AsyncIterable<Buffer> | Iterable<Buffer>,
  contract: CompiledContract,
  validate?: EventValidator,
): AsyncGenerator<ProducerRecord> {
  let number = 0;
  for await (const data of lines) {
    number += 1;
    const line = data.toString("utf8");
    if (line.trim() === "") {
      continue;
    }
    const refusal = validate?.(data);
    if (refusal !== undefined) {
      throw new Failure(
        `Line ${number} is not a valid event: ${describeRefusal(refusal)}. Nothing after it was sent.`,
      );
    }
    yield { partitionKey: partitionKey(contract, parse(line), data), data };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
