import type { JobControl, JobLock } from "./jobControl";
import type { JobInputs, JobSpec, RunningJob } from "./jobSpec";

/** Milliseconds between two looks at the job. */
export const POLL_MS = 1000;

/** A heartbeat older than this is that of a dead job; the job refreshes it every 5 seconds. */
export const HEARTBEAT_SECONDS = 60;

/** Longest a killed job may take to vanish, in seconds. */
const KILL_TIMEOUT_SECONDS = 180;

const ENDED_STEPS = ["COMPLETED", "CANCELLED", "FAILED", "INTERRUPTED"];

/**
 * Submits a job and waits until it reads the stream: its lock shows its spec hash and a completed trigger.
 * A step that is RUNNING proves nothing, because spark-submit runs long before the first record is read.
 *
 * @throws Error with the reason when the step ends or time runs out first; `stepId` tells which step it was
 */
export async function startJob(
  control: JobControl,
  spec: JobSpec,
  timing: Pick<JobInputs, "jobName" | "readinessTimeoutSeconds">,
): Promise<RunningJob> {
  await control.removeStopMarker(spec.stopKey);
  const before = await control.readLock(spec.lockKey);
  const stepId = await control.addStep(spec.clusterId, timing.jobName, spec.command);
  const where = `step ${stepId} on cluster ${spec.clusterId}`;
  const deadline = control.now() + timing.readinessTimeoutSeconds * 1000;
  for (;;) {
    const lock = await control.readLock(spec.lockKey);
    const ours =
      lock?.specHash === spec.specHash && lock.owner !== before?.owner ? lock : undefined;
    if (ours !== undefined && isLive(ours, control.now()) && ours.completedTriggers >= 1) {
      return { ...spec, stepId };
    }
    const status = await control.stepStatus(spec.clusterId, stepId);
    if (status === undefined || ENDED_STEPS.includes(status.state)) {
      const reasons = [ours?.reason ?? "", status?.reason ?? ""].filter((reason) => reason !== "");
      throw failure(
        `Streaming job "${timing.jobName}" ended before its first micro-batch: ${where} is ` +
          `${status?.state ?? "unknown to EMR"}${reasons.length > 0 ? ` (${reasons.join("; ")})` : ""}.`,
        stepId,
      );
    }
    if (control.now() >= deadline) {
      throw failure(
        `Streaming job "${timing.jobName}" completed no micro-batch within ${timing.readinessTimeoutSeconds} seconds: ` +
          `${where} is ${status.state}, its lock ${describeLock(lock, spec.specHash)}. Look at the step's log, ` +
          "or raise job.readinessTimeoutSeconds if the cluster is only slow.",
        stepId,
      );
    }
    await control.sleep(POLL_MS);
  }
}

/**
 * Ends a job: at a micro-batch boundary when it answers the stop marker, else by killing its application.
 * Does nothing about a job that is not there, nor about a cluster that is gone.
 *
 * @throws Error when the job can neither be stopped nor killed: starting another one would mean two writers
 */
export async function stopJob(
  control: JobControl,
  running: RunningJob,
  timing: Pick<JobInputs, "jobName" | "stopTimeoutSeconds">,
): Promise<void> {
  if (!(await control.clusterAlive(running.clusterId)) || (await hasEnded(control, running))) {
    return;
  }
  await control.putStopMarker(running.stopKey);
  const stopped = await until(control, timing.stopTimeoutSeconds, () => hasEnded(control, running));
  if (!stopped) {
    await killJob(control, running, timing);
  }
  await control.removeStopMarker(running.stopKey);
}

/** Whether a job is at work: its step goes on and its lock is refreshed. */
export async function isAtWork(control: JobControl, running: RunningJob): Promise<boolean> {
  if (await stepEnded(control, running)) {
    return false;
  }
  const lock = await control.readLock(running.lockKey);
  return lock !== undefined && lock.specHash === running.specHash && isLive(lock, control.now());
}

/**
 * CancelSteps reaches only the step's own process; a driver that YARN placed elsewhere ends through YARN. A job
 * that never took the lock has no application to name: its step is cancelled, and the lock keeps it out for good.
 */
async function killJob(
  control: JobControl,
  running: RunningJob,
  timing: Pick<JobInputs, "jobName" | "stopTimeoutSeconds">,
): Promise<void> {
  const lock = await control.readLock(running.lockKey);
  const application = lock?.specHash === running.specHash ? lock.applicationId : undefined;
  if (application === undefined) {
    await control.cancelStep(running.clusterId, running.stepId);
  } else {
    const command = ["yarn", "application", "-kill", application];
    await control.addStep(running.clusterId, `kill ${timing.jobName}`, command);
  }
  if (!(await until(control, KILL_TIMEOUT_SECONDS, () => stepEnded(control, running)))) {
    throw new Error(
      `Streaming job "${timing.jobName}" did not stop within ${timing.stopTimeoutSeconds} seconds, and ` +
        `${application === undefined ? "cancelling its step" : `killing application ${application}`} did not end ` +
        `it within ${KILL_TIMEOUT_SECONDS} seconds. End step ${running.stepId} on cluster ${running.clusterId} by ` +
        "hand, then run pulumi up again.",
    );
  }
}

async function stepEnded(control: JobControl, running: RunningJob): Promise<boolean> {
  const status = await control.stepStatus(running.clusterId, running.stepId);
  return status === undefined || ENDED_STEPS.includes(status.state);
}

/** The step is over, or the job's own lock says that it stopped writing. */
async function hasEnded(control: JobControl, running: RunningJob): Promise<boolean> {
  if (await stepEnded(control, running)) {
    return true;
  }
  const lock = await control.readLock(running.lockKey);
  return lock?.specHash === running.specHash && lock.state === "stopped";
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

function isLive(lock: JobLock, now: number): boolean {
  return (
    (lock.state === "running" || lock.state === "starting") &&
    now - Date.parse(lock.heartbeat) < HEARTBEAT_SECONDS * 1000
  );
}

function describeLock(lock: JobLock | undefined, specHash: string): string {
  if (lock === undefined) {
    return "was never written";
  }
  const whose = lock.specHash === specHash ? "is its own" : `belongs to spec ${lock.specHash}`;
  return `${whose}, state ${lock.state}, ${lock.completedTriggers} completed triggers, heartbeat ${lock.heartbeat}`;
}

function failure(message: string, stepId: string): Error & { stepId: string } {
  return Object.assign(new Error(message), { stepId });
}
