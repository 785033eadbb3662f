import { readJobLock } from "../jobLock";
import { alarmsOf } from "./alarms";
import type { Check, DeployedStack } from "./check";
import { judgeFreshness, judgeJob } from "./jobVerdict";
import { notApplicable } from "./verdict";

/** The alarm about freshness, by what Pulumi names it: the role, then a random suffix. */
const FRESHNESS = /-freshness-[0-9a-f]+$/;

export const jobCheck: Check<DeployedStack> = {
  id: "job",
  title: "the job runs with the node's role and the release's Python",
  async run({ outputs, clients, clock }) {
    return judgeJob(await readJobLock(clients.s3, outputs.job.lockUri), clock.now());
  },
};

export const freshnessCheck: Check<DeployedStack> = {
  id: "freshness",
  title: "events become readable in time",
  async run({ outputs, clients }) {
    if (outputs.alarms === undefined) {
      return notApplicable("The stack was deployed by a release without alarms.");
    }
    const alarms = await alarmsOf(clients.cloudWatch, outputs.alarms.topicArn);
    return judgeFreshness(
      alarms.find(({ name }) => FRESHNESS.test(name)),
      await readJobLock(clients.s3, outputs.job.lockUri),
    );
  },
};
