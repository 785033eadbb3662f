import { virtualCores, yarnMemoryMb } from "../runtimes/instanceTypes";
import { type CapacityInput, containerMemoryMb } from "./capacity";

type Sizes = CapacityInput["job"]["spark"];

interface Room {
  cores: number;
  memoryMb: number;
}

/**
 * Executors of one batch job that fit beside the streaming job's driver and first executors on the smallest fleet.
 * More of them would wait for a node, and waiting containers are what managed scaling grows the cluster for.
 *
 * @param spark sizes of drivers and executors, the same for every job
 * @param streamingExecutors executors that the streaming job starts with
 * @param instanceTypes types of core and task nodes; the one with the least room counts
 * @param units instances of the smallest fleet
 */
export function executorsBesideStreamingJob(
  spark: Sizes,
  streamingExecutors: number,
  instanceTypes: readonly string[],
  units: number,
): number {
  const driver: Room = {
    cores: spark.driverCores,
    memoryMb: containerMemoryMb(spark.driverMemoryMb),
  };
  const executor: Room = {
    cores: spark.executorCores,
    memoryMb: containerMemoryMb(spark.executorMemoryMb),
  };
  const counts = instanceTypes.map((type) => {
    const nodes: Room[] = Array.from({ length: units }, () => ({
      cores: virtualCores(type) ?? 0,
      memoryMb: yarnMemoryMb(type) ?? Number.POSITIVE_INFINITY,
    }));
    const others = [driver, driver, ...Array.from({ length: streamingExecutors }, () => executor)];
    if (!others.every((container) => place(container, nodes))) {
      return 0;
    }
    let count = 0;
    while (place(executor, nodes)) {
      count += 1;
    }
    return count;
  });
  return Math.min(...counts);
}

/** Places a container on the first node that has room for it; returns whether any has. */
function place(container: Room, nodes: Room[]): boolean {
  const node = nodes.find(
    ({ cores, memoryMb }) => cores >= container.cores && memoryMb >= container.memoryMb,
  );
  if (node === undefined) {
    return false;
  }
  node.cores -= container.cores;
  node.memoryMb -= container.memoryMb;
  return true;
}
