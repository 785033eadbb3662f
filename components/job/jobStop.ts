import type { JobLock } from "../../contracts/jobLock";
import { messageOf, withoutFullStop } from "../shared/errors";
import { isOver, type JobConnection, POLL_MS } from "./jobConnection";
import { isBeating, isLive, watchHolder } from "./jobHolder";
import type { JobInputs, JobSpec, RunningJob } from "./jobSpec";

/** Longest a killed job may take to vanish, in seconds. */
const KILL_TIMEOUT_SECONDS = 180;

type Timing = Pick<JobInputs, "jobName" | "stopTimeoutSeconds">;

/**
 * Ends a job: at a micro-batch boundary when it answers the stop marker, else by killing its application.
 * The end of its step is not enough: CancelSteps and the loss of a primary node end the step and leave the driver,
 * which YARN placed on another node, at work (EMR, "Cancel steps"). As long as the heartbeat in the lock changes, somebody writes.
 * Does nothing when the job or its cluster no longer exists.
 *
 * @returns whether its checkpoint is known to be free: with a cluster that is gone, nobody looked
 * @throws Error when the job can neither be stopped nor killed: starting another one would mean two writers
 */
export async function stopJob(
  connection: JobConnection,
  running: RunningJob,
  timing: Timing,
): Promise<boolean> {
  if (!(await connection.clusterAlive(running.clusterId))) {
    return false;
  }
  await stop(connection, running, running.stepId, timing);
  return true;
}

/**
 * Ends the driver that holds the lock of a checkpoint although no step of this stack runs it: left over from a step
 * that ended, or from an interrupted `up`.
 *
 * @param spec the job whose checkpoint must be free; an application is killed on its cluster
 * @throws Error as {@link stopJob}
 */
export async function stopHolder(
  connection: JobConnection,
  spec: JobSpec,
  timing: Timing,
): Promise<void> {
  if (await connection.clusterAlive(spec.clusterId)) {
    await stop(connection, spec, undefined, timing);
  }
}

async function stop(
  connection: JobConnection,
  spec: JobSpec,
  stepId: string | undefined,
  timing: Timing,
): Promise<void> {
  const holder = watchHolder(connection, spec.lockKey);
  const stepEnded = async (): Promise<boolean> =>
    isOver(stepId === undefined ? undefined : await connection.stepStatus(spec.clusterId, stepId));
  /** The job's own lock says that it stopped writing, or its step is over and the lock has no live holder. */
  const over = async (): Promise<boolean> => {
    if (await stepEnded()) {
      return (await holder()) === undefined;
    }
    const lock = await connection.readLock(spec.lockKey);
    return lock?.specHash === spec.specHash && lock.state === "stopped";
  };
  // A dead job gets no stop marker: the next job would obey it.
  if ((await stepEnded()) ? !(await isBeating(connection, spec.lockKey)) : await over()) {
    return;
  }
  await connection.putStopMarker(spec.stopKey);
  if (!(await until(connection, timing.stopTimeoutSeconds, over))) {
    const killed = await kill(connection, spec, stepId, stepEnded, timing);
    if (!(await until(connection, KILL_TIMEOUT_SECONDS, over))) {
      throw new Error(await survived(connection, spec, stepId, killed, timing));
    }
  }
  await connection.removeStopMarker(spec.stopKey);
}

/** What was done to end a job that did not stop. */
interface Kill {
  readonly application?: string;
  /** The step that kills the application. */
  readonly stepId?: string;
}

/**
 * Kills the driver through YARN, because cancelling a step ends only the step's own process. A job that never took the
 * lock names no application: its step is cancelled, and the lock keeps its driver from writing.
 */
async function kill(
  connection: JobConnection,
  spec: JobSpec,
  stepId: string | undefined,
  stepEnded: () => Promise<boolean>,
  timing: Timing,
): Promise<Kill> {
  const isOurs = (lock: JobLock | undefined) => lock?.specHash === spec.specHash;
  if (
    stepId !== undefined &&
    !(await stepEnded()) &&
    !isOurs(await connection.readLock(spec.lockKey))
  ) {
    await connection.cancelStep(spec.clusterId, stepId);
    await until(connection, KILL_TIMEOUT_SECONDS, stepEnded);
  }
  const lock = await connection.readLock(spec.lockKey);
  if (lock === undefined || !isLive(lock, connection.now())) {
    return {};
  }
  const application = lock.applicationId;
  try {
    const command = ["yarn", "application", "-kill", application];
    const killing = await connection.addStep(spec.clusterId, `kill ${timing.jobName}`, command);
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
  connection: JobConnection,
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
  const status = await connection.stepStatus(spec.clusterId, killed.stepId);
  const reason = status === undefined || status.reason === "" ? "" : `: ${status.reason}`;
  return (
    `${intro}killing application ${killed.application} did not end it within ${KILL_TIMEOUT_SECONDS} seconds (step ` +
    `${killed.stepId} is ${status?.state ?? "unknown to EMR"}${reason}). Run "yarn application -kill ` +
    `${killed.application}" on the primary node of the cluster it runs on (ours is ${spec.clusterId}), then run ` +
    "pulumi up again."
  );
}

async function until(
  connection: JobConnection,
  seconds: number,
  condition: () => Promise<boolean>,
): Promise<boolean> {
  const deadline = connection.now() + seconds * 1000;
  while (!(await condition())) {
    if (connection.now() >= deadline) {
      return false;
    }
    await connection.sleep(POLL_MS);
  }
  return true;
}
