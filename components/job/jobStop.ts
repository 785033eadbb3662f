import type { JobLock } from "../../contracts/jobLock";
import { messageOf, withoutFullStop } from "../shared/sentence";
import type { JobControl } from "./jobControl";
import { isBeating, isLive, watchHolder } from "./jobHolder";
import type { JobInputs, JobSpec, RunningJob } from "./jobSpec";
import { isOver, POLL_MS } from "./jobWaiting";

/** Longest a killed job may take to vanish, in seconds. */
const KILL_TIMEOUT_SECONDS = 180;

type Timing = Pick<JobInputs, "jobName" | "stopTimeoutSeconds">;

/**
 * Ends a job: at a micro-batch boundary when it answers the stop marker, else by killing its application.
 * The end of its step is not enough: CancelSteps and the loss of a primary node end the step and leave the driver,
 * which YARN placed on another node, at work (EMR, "Cancel steps"). As long as a lock beats, somebody writes.
 * Does nothing about a job that is not there, nor about a cluster that is gone.
 *
 * @returns whether its checkpoint is known to be free: with a cluster that is gone, nobody looked
 * @throws Error when the job can neither be stopped nor killed: starting another one would mean two writers
 */
export async function stopJob(
  control: JobControl,
  running: RunningJob,
  timing: Timing,
): Promise<boolean> {
  if (!(await control.clusterAlive(running.clusterId))) {
    return false;
  }
  await stop(control, running, running.stepId, timing);
  return true;
}

/**
 * Ends whatever driver holds the lock of a checkpoint although no step of ours runs it: left over from a step that
 * ended, or from an `up` that was broken off.
 *
 * @param spec whose checkpoint must be free; its cluster is where an application is killed
 * @throws Error as {@link stopJob}
 */
export async function stopHolder(
  control: JobControl,
  spec: JobSpec,
  timing: Timing,
): Promise<void> {
  if (await control.clusterAlive(spec.clusterId)) {
    await stop(control, spec, undefined, timing);
  }
}

async function stop(
  control: JobControl,
  spec: JobSpec,
  stepId: string | undefined,
  timing: Timing,
): Promise<void> {
  const holder = watchHolder(control, spec.lockKey);
  const stepEnded = async (): Promise<boolean> =>
    isOver(stepId === undefined ? undefined : await control.stepStatus(spec.clusterId, stepId));
  /** The job's own lock says that it stopped writing, or its step is over and nobody's heart beats. */
  const over = async (): Promise<boolean> => {
    if (await stepEnded()) {
      return (await holder()) === undefined;
    }
    const lock = await control.readLock(spec.lockKey);
    return lock?.specHash === spec.specHash && lock.state === "stopped";
  };
  // A dead job is not asked to stop: its marker would meet the next one.
  if ((await stepEnded()) ? !(await isBeating(control, spec.lockKey)) : await over()) {
    return;
  }
  await control.putStopMarker(spec.stopKey);
  if (!(await until(control, timing.stopTimeoutSeconds, over))) {
    const killed = await kill(control, spec, stepId, stepEnded, timing);
    if (!(await until(control, KILL_TIMEOUT_SECONDS, over))) {
      throw new Error(await survived(control, spec, stepId, killed, timing));
    }
  }
  await control.removeStopMarker(spec.stopKey);
}

/** What was done to end a job that did not stop. */
interface Kill {
  readonly application?: string;
  /** The step that kills the application. */
  readonly stepId?: string;
}

/**
 * A driver ends through YARN, because cancelling reaches only the step's own process. A job that never took the lock
 * has no application to name: its step is cancelled, and the lock keeps it out.
 */
async function kill(
  control: JobControl,
  spec: JobSpec,
  stepId: string | undefined,
  stepEnded: () => Promise<boolean>,
  timing: Timing,
): Promise<Kill> {
  const isOurs = (lock: JobLock | undefined) => lock?.specHash === spec.specHash;
  if (
    stepId !== undefined &&
    !(await stepEnded()) &&
    !isOurs(await control.readLock(spec.lockKey))
  ) {
    await control.cancelStep(spec.clusterId, stepId);
    await until(control, KILL_TIMEOUT_SECONDS, stepEnded);
  }
  const lock = await control.readLock(spec.lockKey);
  if (lock === undefined || !isLive(lock, control.now())) {
    return {};
  }
  const application = lock.applicationId;
  try {
    const command = ["yarn", "application", "-kill", application];
    const killing = await control.addStep(spec.clusterId, `kill ${timing.jobName}`, command);
    return { application, stepId: killing };
  } catch (error) {
    throw new Error(
      `Streaming job "${timing.jobName}" did not stop within ${timing.stopTimeoutSeconds} seconds, and EMR takes no ` +
        `step that kills its application ${application} on cluster ${spec.clusterId}: ${withoutFullStop(messageOf(error))}.`,
      { cause: error },
    );
  }
}

async function survived(
  control: JobControl,
  spec: JobSpec,
  stepId: string | undefined,
  killed: Kill,
  timing: Timing,
): Promise<string> {
  const intro = `Streaming job "${timing.jobName}" did not stop within ${timing.stopTimeoutSeconds} seconds, and `;
  if (killed.application === undefined || killed.stepId === undefined) {
    return (
      `${intro}cancelling its step did not end it within ${KILL_TIMEOUT_SECONDS} seconds. End step ` +
      `${stepId ?? "unknown"} on cluster ${spec.clusterId} by hand, then run pulumi up again.`
    );
  }
  const status = await control.stepStatus(spec.clusterId, killed.stepId);
  const reason = status === undefined || status.reason === "" ? "" : `: ${status.reason}`;
  return (
    `${intro}killing application ${killed.application} did not end it within ${KILL_TIMEOUT_SECONDS} seconds (step ` +
    `${killed.stepId} is ${status?.state ?? "unknown to EMR"}${reason}). Run "yarn application -kill ` +
    `${killed.application}" on the primary node of the cluster it runs on (ours is ${spec.clusterId}), then run ` +
    "pulumi up again."
  );
}

async function until(
  control: JobControl,
  seconds: number,
  condition: () => Promise<boolean>,
): Promise<boolean> {
  const deadline = control.now() + seconds * 1000;
  while (!(await condition())) {
    if (control.now() >= deadline) {
      return false;
    }
    await control.sleep(POLL_MS);
  }
  return true;
}
