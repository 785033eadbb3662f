import {
  AddJobFlowStepsCommand,
  type AddJobFlowStepsCommandInput,
  DescribeStepCommand,
  type EMRClient,
} from "@aws-sdk/client-emr";
import { GetScheduleCommand, type SchedulerClient } from "@aws-sdk/client-scheduler";

import type { Follower } from "./execution";
import { Failure } from "./failure";

/** A compaction that was added to a cluster. */
export interface CompactionStep {
  readonly clusterId: string;
  readonly stepId: string;
}

const WAIT_MS = 2_000;

/** What the schedule sends to the cluster: the deployed request, so that a run by hand is the same run. */
export async function readScheduledStep(
  client: Pick<SchedulerClient, "send">,
  scheduleName: string,
): Promise<AddJobFlowStepsCommandInput> {
  const schedule = await client.send(new GetScheduleCommand({ Name: scheduleName }));
  const input = schedule.Target?.Input;
  if (input === undefined) {
    throw new Failure(
      `The schedule "${scheduleName}" holds no request. Run pulumi up on the stack, then try again.`,
    );
  }
  return JSON.parse(input) as AddJobFlowStepsCommandInput;
}

/**
 * Adds the compaction to the cluster now.
 *
 * @param includeOpenHours take hours that have not ended as well
 */
export async function startCompaction(
  client: Pick<EMRClient, "send">,
  request: AddJobFlowStepsCommandInput,
  includeOpenHours: boolean,
): Promise<CompactionStep> {
  const extra = includeOpenHours ? ["--include-open-hours"] : [];
  const steps = (request.Steps ?? []).map((step) => ({
    ...step,
    HadoopJarStep: {
      ...step.HadoopJarStep,
      Jar: step.HadoopJarStep?.Jar,
      Args: [...(step.HadoopJarStep?.Args ?? []), ...extra],
    },
  }));
  const answer = await client.send(new AddJobFlowStepsCommand({ ...request, Steps: steps }));
  return { clusterId: request.JobFlowId ?? "", stepId: answer.StepIds?.[0] ?? "" };
}

/**
 * Waits for the end of a compaction.
 *
 * @throws Failure with EMR's reason and log when it did not complete
 */
export async function followCompaction(
  client: Pick<EMRClient, "send">,
  step: CompactionStep,
  { show, sleep }: Follower,
): Promise<void> {
  let shown = "";
  for (;;) {
    const { Step } = await client.send(
      new DescribeStepCommand({ ClusterId: step.clusterId, StepId: step.stepId }),
    );
    const state = Step?.Status?.State ?? "PENDING";
    if (state !== shown) {
      show(`${state}  step ${step.stepId}`);
      shown = state;
    }
    if (state === "COMPLETED") {
      return;
    }
    if (["CANCELLED", "FAILED", "INTERRUPTED"].includes(state)) {
      const { Reason, LogFile } = Step?.Status?.FailureDetails ?? {};
      const log = LogFile === undefined ? "" : ` Its log is ${LogFile}.`;
      throw new Failure(
        `The compaction (step ${step.stepId} on cluster ${step.clusterId}) is ${state}: ` +
          `${(Reason ?? "EMR gives no reason").replace(/\.?$/, ".")}${log} No event is lost: run it again.`,
      );
    }
    await sleep(WAIT_MS);
  }
}
