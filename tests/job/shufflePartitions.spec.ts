import { expect } from "chai";

import { parseRooms } from "../../components/config/loadConfig";
import { scaledInstanceTypes } from "../../components/config/rules";
import { type Capacity, planCapacity } from "../../components/job/capacity";
import { jobConfigSchema } from "../../components/job/config";
import { deduplicationMemory } from "../../components/job/deduplicationMemory";
import { planShufflePartitions } from "../../components/job/shufflePartitions";
import { rooms } from "../shared/stackConfig";

function partitions(shards: number, change: Record<string, unknown> = {}): number {
  const job = jobConfigSchema.parse({
    freshnessSeconds: 10,
    expectedRecordsPerSecondPerShard: 1000,
    deduplicationMinutes: 0,
    ...change,
  });
  return planShufflePartitions(job, shards);
}

describe("partitions of the stateful part", () => {
  for (const [stack, expected] of Object.entries({ dev: 2, prod: 14, local: 2 })) {
    it(`are ${expected} in ${stack}`, () => {
      const { stream, job, cluster } = parseRooms(rooms(stack), "streaming-ml").rooms;
      const capacity = planCapacity({
        stream: stream!,
        job: job!,
        instanceTypes: scaledInstanceTypes(cluster!),
      }) as Capacity;
      expect(capacity.shufflePartitions).to.equal(expected);
    });
  }

  it("follow the expected rate of a fully grown stream, 10,000 records a second each", () => {
    expect([1, 20, 21, 64, 100].map((shards) => partitions(shards))).to.deep.equal([
      2, 2, 3, 7, 10,
    ]);
    expect(partitions(64, { expectedRecordsPerSecondPerShard: 100 })).to.equal(2);
  });

  it("are never more than the cores of the largest fleet, and never fewer than two", () => {
    const remember = { deduplicationMinutes: 1440, spark: { executorMemoryMb: 512 } };
    expect(partitions(5, remember)).to.equal(6);
    expect(partitions(1, { ...remember, spark: { ...remember.spark, executorCores: 1 } })).to.equal(
      2,
    );
  });

  it("spread the keys over executors: as many as leave each its third of memory, and one fewer would not", () => {
    for (const deduplicationMinutes of [60, 120, 240]) {
      for (const executorCores of [1, 2, 4]) {
        const job = jobConfigSchema.parse({
          freshnessSeconds: 10,
          expectedRecordsPerSecondPerShard: 500,
          deduplicationMinutes,
          spark: { executorCores, executorMemoryMb: 4096 * executorCores },
        });
        const planned = planShufflePartitions(job, 64);
        const memory = (count: number) => deduplicationMemory(job, 64, count);
        const { neededMb, availableMb } = memory(planned);
        expect(neededMb, `${deduplicationMinutes} ${executorCores}`).to.be.at.most(availableMb);
        expect(memory(planned - 1).neededMb).to.be.greaterThan(availableMb);
      }
    }
  });

  it("do not follow memory in one process, which holds every partition", () => {
    const spark = { master: "local[2]", deployMode: "client" };
    expect(partitions(64, { deduplicationMinutes: 60, spark })).to.equal(7);
  });
});
