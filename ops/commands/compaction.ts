import { EMRClient } from "@aws-sdk/client-emr";
import { SchedulerClient } from "@aws-sdk/client-scheduler";

import { print as show } from "../../tools/terminal";
import { followCompaction, readScheduledStep, startCompaction } from "../compaction";
import { Failure } from "../failure";
import { openStack } from "../stack";
import { sleep, type WaitOptions } from "./waiting";

interface CompactOptions extends WaitOptions {
  readonly includeOpenHours?: boolean;
}

/** `ops compact`: rewrites closed hours of the lake into few large files, now. */
export async function compact({
  wait,
  includeOpenHours,
  ...reference
}: CompactOptions): Promise<void> {
  const { region, lake } = await openStack(reference);
  if (lake.compactionSchedule === undefined) {
    throw new Failure(
      `Stack "${reference.stack}" was deployed by a release without compaction. Run pulumi up.`,
    );
  }
  const scheduler = new SchedulerClient({ region });
  const emr = new EMRClient({ region });
  const request = await readScheduledStep(scheduler, lake.compactionSchedule);
  const step = await startCompaction(emr, request, includeOpenHours === true);
  show(`Added step ${step.stepId} to cluster ${step.clusterId}`);
  if (wait) {
    await followCompaction(emr, step, { show, sleep });
  }
}
