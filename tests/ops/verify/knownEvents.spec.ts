import { expect } from "chai";

import type { CompiledContract, CompiledField } from "../../../contracts/event/compiledContract";
import { readEventContract } from "../../../contracts/event/workloads";
import { createEventValidator } from "../../../contracts/eventValidator";
import { workloadNames } from "../../../contracts/workload/names";
import { knownEvents } from "../../../ops/verify/knownEvents";
import { knownEventsCheck } from "../../../ops/verify/knownEventsCheck";
import { judgeKnownEvents } from "../../../ops/verify/knownEventsVerdict";
import { stackOutputs } from "../../contracts/stackOutputsExample";
import { fakeClient } from "../fakeClient";
import { deployedStack, fakeClients, NOW } from "./deployedStack";

const field = (more: Partial<CompiledField>): CompiledField => ({
  path: ["a"],
  name: "a",
  column: "a",
  type: "string",
  required: true,
  uses: [],
  ...more,
});

describe("events that verify makes up", () => {
  for (const workload of workloadNames()) {
    it(`are accepted by the contract of ${workload}, each with its own identity and without a label`, () => {
      const { compiled } = readEventContract(workload);
      const events = knownEvents(compiled, 10, NOW);
      const validate = createEventValidator(compiled);
      expect(events.map((event) => validate(Buffer.from(JSON.stringify(event))))).to.deep.equal(
        events.map(() => undefined),
      );
      expect(new Set(events.map((event) => JSON.stringify(event))).size).to.equal(10);
      const again = knownEvents(compiled, 10, NOW + 60_000).map((event) => JSON.stringify(event));
      expect(
        again.filter((one) => events.some((event) => JSON.stringify(event) === one)),
      ).to.deep.equal([]);
      for (const event of events) {
        expect(Object.keys(event)).not.to.include(compiled.label?.name);
      }
    });
  }

  it("keep the limits of every type, below objects, too", () => {
    const fields = [
      field({ path: ["o", "t"], name: "o_t", minimumLength: 9, maximumLength: 9 }),
      field({ path: ["p", "t"], name: "p_t", required: true }),
      field({ path: ["e"], name: "e", allowed: ["x", "y"] }),
      field({ path: ["i"], name: "i", type: "integer", minimum: 3, maximum: 5 }),
      field({ path: ["n"], name: "n", type: "number", minimum: -2, maximum: -1 }),
      field({ path: ["l"], name: "l", type: "boolean", maximumItems: 4, minimumItems: 2 }),
      field({ path: ["z"], name: "z", required: false }),
    ];
    const contract = {
      fields,
      objects: [
        { path: ["o"], required: true },
        { path: ["p"], required: false },
      ],
      identity: ["i"],
    } as unknown as CompiledContract;
    expect(knownEvents(contract, 3, 6)).to.deep.equal(
      [3, 4, 5].map((i) => ({ o: { t: "verifyxxx" }, e: "x", i, n: -1, l: [false, false] })),
    );
  });
});

describe("ten known events", () => {
  const queries = { workgroup: "w", resultsUri: "s3://r" };
  const lake = { ...stackOutputs.lake, queries };

  function stack(found: readonly (readonly [number, number])[], state = "SUCCEEDED") {
    const looks = [...found];
    const athena = fakeClient({
      StartQueryExecution: () => ({ QueryExecutionId: "q" }),
      GetQueryExecution: () => ({
        QueryExecution: { Status: { State: state, StateChangeReason: "no table" } },
      }),
      GetQueryResults: () => {
        const figures = looks.shift() ?? [0, 0];
        const row = (texts: readonly unknown[]) => ({
          Data: texts.map((one) => ({ VarCharValue: String(one) })),
        });
        return { ResultSet: { Rows: [row(["_col0", "_col1"]), row(figures)] } };
      },
    });
    const kinesis = fakeClient({
      PutRecords: ({ Records }) => ({
        Records: (Records as object[]).map((_record, index) => ({
          SequenceNumber: `${index}`,
          ShardId: "s",
        })),
      }),
    });
    const clients = { ...fakeClients(), athena: athena.client, kinesis: kinesis.client };
    return { athena, kinesis, subject: deployedStack(clients, { lake }) };
  }

  it("are looked for by their sequence numbers until each is one row", async () => {
    const { athena, kinesis, subject } = stack([
      [0, 0],
      [10, 10],
    ]);
    expect(await knownEventsCheck.run(subject)).to.deep.equal({
      status: "ok",
      found: "10 known events were sent, and Athena reads each as one row.",
    });
    expect(kinesis.sent).to.have.length(1);
    const queries = athena.sent.filter(({ command }) => command === "StartQueryExecution");
    expect(queries).to.have.length(2);
    expect(queries[0].input).to.deep.equal({
      WorkGroup: "w",
      QueryExecutionContext: { Database: "streaming_ml_dev" },
      QueryString:
        `SELECT count(*), count(DISTINCT sequence_number) FROM "events" WHERE status = 'valid' ` +
        `AND dt IN ('2026-01-02', '2026-01-01') AND sequence_number IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')`,
    });
  });

  it("are missed after twenty looks, and told apart from doubled ones", async () => {
    const { athena, subject } = stack([]);
    expect((await knownEventsCheck.run(subject)).found).to.equal(
      "10 known events were sent, and Athena reads 0 of them after five minutes.",
    );
    expect(athena.sent.filter(({ command }) => command === "StartQueryExecution")).to.have.length(
      20,
    );
    expect(judgeKnownEvents(10, { rows: 12, records: 10 }).found).to.equal(
      "10 known events were sent, and Athena reads 12 rows of 10: some are duplicates.",
    );
  });

  it("fail with Athena's reason when a query does", async () => {
    const error = await knownEventsCheck
      .run(stack([], "FAILED").subject)
      .catch((failure: Error) => failure);
    expect((error as Error).message).to.equal("Athena's query is FAILED: no table");
  });
});
