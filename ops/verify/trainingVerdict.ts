import type { RegisteredModel } from "../registry";
import { failed, notApplicable, ok, type Verdict } from "./verdict";

/** A pipeline execution and its steps. */
export interface ExecutionAnswer {
  readonly status: string;
  readonly steps: readonly StepAnswer[];
}

export interface StepAnswer {
  readonly name: string;
  readonly status: string;
  readonly reason?: string;
  /** Whether the cluster ran it. */
  readonly onCluster: boolean;
  /** ARN of the model package that it registered. */
  readonly registered?: string;
}

const TRAIN = "Train once: npm run ops -- train --wait -s STACK.";

const RUNNING = ["Executing", "Stopping"];

/** SageMaker takes the definition, starts the images and registers. @param last the newest execution that has ended */
export function judgeTraining(last: ExecutionAnswer | undefined): Verdict {
  if (last === undefined) {
    return notApplicable(`No training has ended yet. ${TRAIN}`);
  }
  const broken = last.steps.find(({ status }) => status === "Failed");
  if (last.status !== "Succeeded") {
    return failed(
      `The last training is ${last.status}` +
        (broken === undefined
          ? "."
          : `: step ${broken.name}: ${broken.reason ?? "without a reason"}.`),
      "Follow docs/runbooks/failed-training.md; the reason names the part of the definition.",
    );
  }
  const arn = last.steps.find(({ registered }) => registered !== undefined)?.registered;
  return arn === undefined
    ? failed(
        "The last training succeeded and registered nothing.",
        "Its definition is not this release's: run pulumi up.",
      )
    : ok(`The last training succeeded in ${last.steps.length} steps and registered ${arn}.`);
}

/** The cluster starts a second job beside the first. @param last the newest execution, under way or ended */
export function judgeSecondJob(last: ExecutionAnswer | undefined): Verdict {
  const step = last?.steps.find(({ onCluster }) => onCluster);
  if (step === undefined) {
    return notApplicable(`No training has reached the cluster yet. ${TRAIN}`);
  }
  if (step.status === "Succeeded") {
    return ok(`The step ${step.name} ran on the cluster beside the streaming job.`);
  }
  const found = `The step ${step.name} is ${step.status}${step.reason === undefined ? "" : `: ${step.reason}`}.`;
  return step.status === "Failed"
    ? failed(found, "Look at the step's log (docs/runbooks/failed-step.md).")
    : failed(
        found,
        "Verify again in some minutes; if it waits for resources, raise yarn.scheduler.capacity.maximum-am-resource-percent.",
      );
}

/** Whether an execution is still under way. */
export function isUnderWay({ status }: Pick<ExecutionAnswer, "status">): boolean {
  return RUNNING.includes(status);
}

/** What a package has to say of itself, or nobody serves it. */
const METADATA = ["workload", "contract", "predictionSchema"];

/** A registered package carries its metadata. @param newest undefined when the group is empty */
export function judgeModel(
  newest: Pick<RegisteredModel, "version" | "approval" | "metadata"> | undefined,
): Verdict {
  if (newest === undefined) {
    return notApplicable(`No model is registered yet. ${TRAIN}`);
  }
  const missing = METADATA.filter((key) => !newest.metadata[key]);
  const figures = Object.keys(newest.metadata).filter((key) => key.startsWith("metric:"));
  if (missing.length > 0 || figures.length === 0) {
    const lacks = [...missing, ...(figures.length === 0 ? ["metric:..."] : [])].join(", ");
    return failed(
      `Version ${newest.version} is registered without ${lacks}.`,
      "SageMaker did not keep the metadata as it was given: see components/training/qualityGate.ts.",
    );
  }
  return ok(
    `Version ${newest.version} is ${newest.approval}, with ${figures.length} figures and its origin.`,
  );
}
