import type { JobLock } from "../../contracts/jobLock";
import { withoutFullStop } from "../shared/errors";
import { isOver, type JobConnection, POLL_MS } from "./jobConnection";
import { isLive } from "./jobHolder";
import type { JobInputs, JobSpec, RunningJob } from "./jobSpec";

/**
 * Submits a job and waits until it reads the stream: its lock shows its spec hash and a completed trigger.
 * A step in the state RUNNING proves nothing: spark-submit runs long before the first record is read.
 *
 * @throws Error with the reason when the step ends or time runs out first; `stepId` tells which step it was
 */
export async function startJob(
  connection: JobConnection,
  spec: JobSpec,
  timing: Pick<JobInputs, "jobName" | "readinessTimeoutSeconds">,
): Promise<RunningJob> {
  await connection.removeStopMarker(spec.stopKey);
  const before = await connection.readLock(spec.lockKey);
  const stepId = await connection.addStep(spec.clusterId, timing.jobName, spec.command);
  const where = `step ${stepId} on cluster ${spec.clusterId}`;
  const deadline = connection.now() + timing.readinessTimeoutSeconds * 1000;
  for (;;) {
    const lock = await connection.readLock(spec.lockKey);
    const ours =
      lock?.specHash === spec.specHash && lock.owner !== before?.owner ? lock : undefined;
    if (ours !== undefined && isLive(ours, connection.now()) && ours.completedTriggers >= 1) {
      return { ...spec, stepId };
    }
    const status = await connection.stepStatus(spec.clusterId, stepId);
    if (status === undefined || isOver(status)) {
      // The job writes its reason just before it ends, maybe after the look above.
      const last = await connection.readLock(spec.lockKey);
      const own = last?.specHash === spec.specHash && last.owner !== before?.owner ? last : ours;
      const holder =
        own === undefined && last !== undefined && isLive(last, connection.now()) && last;
      const reasons = [
        withoutFullStop(own?.reason ?? ""),
        // A job that finds the lock held by another cannot write its reason there.
        holder ? `application ${holder.applicationId} holds the checkpoint: stop it first` : "",
        status?.reason ?? "",
      ].filter((reason) => reason !== "");
      throw failure(
        `Streaming job "${timing.jobName}" ended before its first micro-batch: ${where} is ` +
          `${status?.state ?? "unknown to EMR"}${reasons.length > 0 ? ` (${reasons.join("; ")})` : ""}.`,
        stepId,
      );
    }
    if (connection.now() >= deadline) {
      throw failure(
        `Streaming job "${timing.jobName}" completed no micro-batch within ${timing.readinessTimeoutSeconds} seconds: ` +
          `${where} is ${status.state}, its lock ${describeLock(lock, spec.specHash)}. Look at the step's log, ` +
          "or raise job.readinessTimeoutSeconds if the cluster is only slow.",
        stepId,
      );
    }
    await connection.sleep(POLL_MS);
  }
}

/**
 * Whether a job is at work: its step goes on and its lock is refreshed. A driver that has outlived its step does not count:
 * EMR no longer shows whether it runs.
 */
export async function isAtWork(connection: JobConnection, running: RunningJob): Promise<boolean> {
  if (isOver(await connection.stepStatus(running.clusterId, running.stepId))) {
    return false;
  }
  const lock = await connection.readLock(running.lockKey);
  return lock !== undefined && lock.specHash === running.specHash && isLive(lock, connection.now());
}

function describeLock(lock: JobLock | undefined, specHash: string): string {
  if (lock === undefined) {
    return "was never written";
  }
  const whose = lock.specHash === specHash ? "is its own" : `belongs to spec ${lock.specHash}`;
  const reason = lock.reason ? `, last failure: ${withoutFullStop(lock.reason)}` : "";
  return `${whose}, state ${lock.state}, ${lock.completedTriggers} completed triggers, heartbeat ${lock.heartbeat}${reason}`;
}

function failure(message: string, stepId: string): Error & { stepId: string } {
  return Object.assign(new Error(message), { stepId });
}
