import { readableError } from "../shared/errors";
import { completeArgs } from "../shared/settings";
import { type Capacity, type CapacityInput, planCapacity } from "./capacity";
import { jobConfigSchema, type JobSettings } from "./config";

/**
 * What a stream demands of the cluster that its job runs on, for a program that has no stack file of ours.
 *
 * @param name of the streaming job, for messages
 * @param shards of the stream: `EventStream` says them
 * @param instanceTypes of the cluster's core and task nodes
 * @throws pulumi.RunError that says what is wrong with the settings, or why no number of such nodes would do
 */
export function jobCapacity(
  name: string,
  shards: CapacityInput["stream"],
  job: JobSettings,
  instanceTypes: readonly string[],
): Capacity {
  const capacity = planCapacity({
    stream: shards,
    job: completeArgs("StreamingJob", name, jobConfigSchema, job),
    instanceTypes,
  });
  if ("problem" in capacity) {
    throw readableError(`StreamingJob "${name}": ${capacity.problem}.`);
  }
  return capacity;
}
