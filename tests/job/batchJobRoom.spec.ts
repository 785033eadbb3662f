import { expect } from "chai";

import { parseRooms } from "../../components/config/loadConfig";
import { scaledInstanceTypes } from "../../components/config/rules";
import { executorsBesideStreamingJob } from "../../components/job/batchJobRoom";
import { type Capacity, planCapacity } from "../../components/job/capacity";
import { rooms } from "../shared/stackConfig";

const spark = {
  master: "yarn",
  driverCores: 1,
  driverMemoryMb: 2048,
  executorCores: 2,
  executorMemoryMb: 4096,
};

describe("room for a batch job beside the streaming job", () => {
  const room = (units: number, change = {}, types = ["m7g.xlarge"]) =>
    executorsBesideStreamingJob({ ...spark, ...change }, 1, types, units);

  it("is what cores leave on the smallest fleet, when both drivers and the job's executors have theirs", () => {
    expect([1, 2, 3].map((units) => room(units))).to.deep.equal([0, 2, 4]);
  });

  it("is what memory leaves where that is scarcer", () => {
    // 12288 MB a node less two drivers of 2432 MB: 7424 MB for two executors of 3648 or 3726 MB.
    const small = { executorCores: 1 };
    expect(room(1, { ...small, executorMemoryMb: 3072 })).to.equal(1);
    expect(room(1, { ...small, executorMemoryMb: 3137 })).to.equal(0);
  });

  it("goes by the type with the least room", () => {
    expect(room(1, { executorCores: 1 }, ["r7g.xlarge", "c7g.xlarge"])).to.equal(0);
  });

  for (const [stack, executors] of Object.entries({ dev: 1, prod: 4 })) {
    it(`is enough for ${stack}'s compaction, every hour`, () => {
      const { stream, job, cluster, lake } = parseRooms(rooms(stack), "streaming-ml").rooms;
      const instanceTypes = scaledInstanceTypes(cluster!);
      const capacity = planCapacity({ stream: stream!, job: job!, instanceTypes }) as Capacity;
      const found = executorsBesideStreamingJob(
        job!.spark,
        capacity.minimumExecutors,
        instanceTypes,
        cluster!.scaling.minimumUnits,
      );
      expect(found).to.equal(executors);
      expect(lake!.compaction.maxExecutors).to.be.at.most(found);
    });
  }
});
