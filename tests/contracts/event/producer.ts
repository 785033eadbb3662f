import { createInterface } from "node:readline";

import type { CompiledContract } from "../../../contracts/event/compiledContract";
import { createEventValidator } from "../../../contracts/eventValidator";
import { type Event, toRecord } from "../../../contracts/producer";

/**
 * The results of a producer for records, for tests in Python. Standard input: the compiled contract in the first line, then
 * one record a line in base64. Standard output: per record why it would be refused, or what `toRecord` sends instead.
 */
async function main(): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const first = await lines.next();
  const contract = JSON.parse(first.value as string) as CompiledContract;
  const check = createEventValidator(contract);
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    const data = Buffer.from(line.value, "base64");
    const refusal = check(data);
    console.log(JSON.stringify(refusal ?? sent(JSON.parse(data.toString()) as Event, contract)));
  }
}

function sent(event: Event, contract: CompiledContract): object {
  const record = toRecord(event, contract);
  return {
    partitionKey: record.partitionKey,
    data: Buffer.from(record.data).toString("base64"),
  };
}

void main();
