import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";

import { createEventValidator, describeRefusal } from "../../contracts/eventValidator";
import { produce, toRecord } from "../../contracts/producer";
import { Failure } from "../failure";
import type { Check, DeployedStack } from "./check";
import { knownEvents } from "./knownEvents";
import { type FoundRows, judgeKnownEvents } from "./knownEventsVerdict";
import { notApplicable } from "./verdict";

const EVENTS = 10;
const BETWEEN_QUERIES_MS = 15_000;
const QUERIES = 20;
const BETWEEN_LOOKS_MS = 1_000;

const DAY_MS = 86_400_000;

/** The events stay in the lake, as any other: with required fields only, and without a label. */
export const knownEventsCheck: Check<DeployedStack> = {
  id: "known-events",
  title: "ten known events become ten rows that Athena reads",
  onlyAws: "A local run has no Athena.",
  async run(stack) {
    const { outputs, clients, clock } = stack;
    if (outputs.events === undefined || outputs.lake.queries === undefined) {
      return notApplicable("The stack was deployed by a release without contracts or workgroups.");
    }
    const { contract } = outputs.events;
    const records = knownEvents(contract, EVENTS, clock.now()).map((event) =>
      toRecord(event, contract),
    );
    const refusal = records.map(({ data }) => createEventValidator(contract)(data)).find(Boolean);
    if (refusal) {
      return notApplicable(
        `No event can be made up for this contract: ${describeRefusal(refusal)}. Send ten of your own (npm run produce).`,
      );
    }
    const numbers: string[] = [];
    for await (const { sequenceNumber } of produce(records, {
      streamName: outputs.stream.name,
      client: clients.kinesis,
      sleep: clock.sleep,
    })) {
      numbers.push(sequenceNumber);
    }
    return judgeKnownEvents(EVENTS, await waitForRows(stack, numbers));
  },
};

/** Asks until every record is there, or five minutes are over. */
async function waitForRows(stack: DeployedStack, numbers: readonly string[]): Promise<FoundRows> {
  let found: FoundRows = { rows: 0, records: 0 };
  for (let query = 0; query < QUERIES && found.records < numbers.length; query += 1) {
    await stack.clock.sleep(BETWEEN_QUERIES_MS);
    found = await findRows(stack, numbers);
  }
  return found;
}

async function findRows(
  { outputs: { lake }, clients: { athena }, clock }: DeployedStack,
  numbers: readonly string[],
): Promise<FoundRows> {
  const days = [0, DAY_MS].map(
    (later) => `'${new Date(clock.now() - later).toISOString().slice(0, 10)}'`,
  );
  const { QueryExecutionId: id } = await athena.send(
    new StartQueryExecutionCommand({
      WorkGroup: lake.queries?.workgroup,
      QueryExecutionContext: { Database: lake.database },
      QueryString:
        `SELECT count(*), count(DISTINCT sequence_number) FROM "${lake.table}" WHERE status = 'valid' ` +
        `AND dt IN (${days.join(", ")}) AND sequence_number IN (${numbers.map((one) => `'${one}'`).join(", ")})`,
    }),
  );
  for (;;) {
    const { QueryExecution: execution } = await athena.send(
      new GetQueryExecutionCommand({ QueryExecutionId: id }),
    );
    const state = execution?.Status?.State;
    if (state === "SUCCEEDED") {
      break;
    }
    if (state === "FAILED" || state === "CANCELLED") {
      throw new Failure(
        `Athena's query is ${state}: ${execution?.Status?.StateChangeReason ?? "without a reason"}`,
      );
    }
    await clock.sleep(BETWEEN_LOOKS_MS);
  }
  const { ResultSet: result } = await athena.send(
    new GetQueryResultsCommand({ QueryExecutionId: id }),
  );
  // The first row holds the names of the columns.
  const [rows, records] = (result?.Rows?.[1]?.Data ?? []).map(({ VarCharValue: text }) =>
    Number(text),
  );
  return { rows: rows ?? 0, records: records ?? 0 };
}
