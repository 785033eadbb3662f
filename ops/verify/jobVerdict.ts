import { type JobLock, OLDEST_HEARTBEAT_SECONDS } from "../../contracts/jobLock";
import { failed, notApplicable, ok, type Verdict } from "./verdict";

const RUNBOOK = "docs/runbooks/job-not-running.md";

/**
 * The job runs and has completed a trigger: the node's role suffices, and the release has the Python it is built for.
 *
 * @param lock undefined when none was ever written
 * @param now milliseconds since 1970
 */
export function judgeJob(lock: JobLock | undefined, now: number): Verdict {
  if (lock === undefined) {
    return failed(
      "No job has ever written its lock.",
      `If job.enabled is true, look at the error of pulumi up and at the step's log (${RUNBOOK}).`,
    );
  }
  const { state, batchId, completedTriggers, reason } = lock;
  const said = reason ? ` Its reason: ${reason.replace(/\.$/, "")}.` : "";
  if (state === "stopped") {
    return notApplicable(`The job was stopped at a batch boundary.${said}`);
  }
  const age = Math.round((now - Date.parse(lock.heartbeat)) / 1000);
  if (state !== "running" || age > OLDEST_HEARTBEAT_SECONDS) {
    return failed(
      `The job is ${state}, its last heartbeat ${age} s old.${said}`,
      `Look at the driver's log (${RUNBOOK}).`,
    );
  }
  return completedTriggers > 0
    ? ok(
        `The job runs: ${completedTriggers} triggers, ` +
          `${batchId === null ? "no micro-batch yet" : `micro-batch ${batchId}`}, heartbeat ${age} s old.`,
      )
    : failed(
        `The job runs, and has completed no trigger yet.${said}`,
        "Verify again in a minute; if it is still so, look at the driver's log.",
      );
}

/** What CloudWatch says of the alarm of that name. */
export interface AlarmAnswer {
  readonly name: string;
  /** OK, ALARM or INSUFFICIENT_DATA. */
  readonly state: string;
  readonly reason?: string;
}

/**
 * Events become readable in time.
 *
 * @param alarm undefined where the stack has none
 */
export function judgeFreshness(
  alarm: AlarmAnswer | undefined,
  lock: Pick<JobLock, "behindSeconds"> | undefined,
): Verdict {
  if (alarm === undefined) {
    return notApplicable(
      "The stack has no alarm about freshness: its job writes its figures to a file.",
    );
  }
  const behind =
    lock?.behindSeconds === undefined ? "" : ` The job is ${lock.behindSeconds} s behind.`;
  switch (alarm.state) {
    case "OK":
      return ok(`${alarm.name} is OK.${behind}`);
    case "ALARM":
      return failed(
        `${alarm.name} is in ALARM: ${alarm.reason ?? "CloudWatch gives no reason"}.${behind}`,
        "Follow docs/runbooks/freshness.md; where S3 and Kinesis take their time, raise job.freshnessSeconds.",
      );
    default:
      return notApplicable(
        `${alarm.name} has no data yet: send events for ten minutes (npm run produce), then verify again.`,
      );
  }
}
