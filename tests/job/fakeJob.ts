import type { JobConnection, StepStatus } from "../../components/job/jobConnection";
import { JobProvider } from "../../components/job/jobProvider";
import type { JobInputs, JobState } from "../../components/job/jobSpec";
import type { JobLock } from "../../contracts/jobLock";

/** How a submitted job behaves. */
export type Behaviour =
  /** Takes the lock and completes triggers. */
  | "ready"
  /** Takes the lock, never completes a trigger, and ends on the stop marker. */
  | "hanging"
  /** As `ready`, but ignores the stop marker. */
  | "deaf"
  /** Ends at once with a reason. */
  | "crashing"
  /** Takes the lock only to write there why it has failed, just before its step ends. */
  | "failing"
  /** Finds the lock taken by another driver a moment ago, and ends. */
  | "refused"
  /** As `hanging`, and its lock says why its query is being restarted. */
  | "restarting"
  /** RUNNING, but never takes the lock. */
  | "lockless";

/** Inputs of a job on cluster j-1; what a test changes makes another spec. */
export function jobInputs(change: Partial<JobInputs> = {}): JobInputs {
  return {
    jobName: "streaming-job",
    region: "us-east-1",
    accountId: "123456789012",
    clusterId: "j-1",
    command: ["spark-submit", "job.py"],
    specHash: "spec-1",
    bucket: "artifacts",
    lockKey: "checkpoints/1.lock.json",
    stopKey: "checkpoints/1.stop",
    enabled: true,
    readinessTimeoutSeconds: 60,
    stopTimeoutSeconds: 30,
    ...change,
  };
}

/** A cluster and a bucket in memory, on a clock that runs only while somebody sleeps. */
export class FakeJob implements JobConnection {
  /** What happened, in order. */
  readonly log: string[] = [];
  readonly clusters = new Set(["j-1", "j-2"]);
  readonly steps = new Map<string, StepStatus>();
  readonly objects = new Map<string, JobLock>();
  readonly markers = new Set<string>();
  /** Clusters on their way out: their steps still look as they did. */
  readonly terminating = new Set<string>();
  /** Whether killing works. */
  killable = true;
  private clock = Date.parse("2026-01-01T00:00:00Z");
  private count = 0;
  private readonly running = new Map<string, { behaviour: Behaviour; specHash: string }>();
  /** On which cluster a step was started. */
  private readonly startedOn = new Map<string, string>();

  constructor(
    private readonly behaviours: Record<string, Behaviour> = {},
    private readonly lockKey = "checkpoints/1.lock.json",
    private readonly stopKey = "checkpoints/1.stop",
  ) {}

  addStep(clusterId: string, _name: string, command: readonly string[]): Promise<string> {
    if (!this.clusters.has(clusterId)) {
      return Promise.reject(new Error(`Cluster ${clusterId} is gone.`));
    }
    this.count += 1;
    const stepId = `s-${this.count}`;
    if (command[0] === "yarn") {
      this.log.push(`kill ${command[3]}`);
      this.steps.set(stepId, { state: "COMPLETED", reason: "" });
      const owner = command[3].replace("application_", "");
      const runsHere = this.startedOn.get(owner) === clusterId;
      if (this.killable && runsHere) {
        this.end(owner, "FAILED", "killed");
      } else if (!runsHere) {
        const reason = `Application with id '${command[3]}' doesn't exist in RM.`;
        this.steps.set(stepId, { state: "FAILED", reason });
      }
      return Promise.resolve(stepId);
    }
    const specHash = command[command.length - 1];
    const behaviour = this.behaviours[specHash] ?? "ready";
    this.log.push(`start ${specHash} on ${clusterId}`);
    this.steps.set(stepId, { state: "PENDING", reason: "" });
    this.running.set(stepId, { behaviour, specHash });
    this.startedOn.set(stepId, clusterId);
    return Promise.resolve(stepId);
  }

  cancelStep(_clusterId: string, stepId: string): Promise<void> {
    this.log.push(`cancel ${stepId}`);
    if (this.killable) {
      this.end(stepId, "CANCELLED", "");
    }
    return Promise.resolve();
  }

  stepStatus(clusterId: string, stepId: string): Promise<StepStatus | undefined> {
    const job = this.running.get(stepId);
    if (job?.behaviour === "failing") {
      this.objects.set(this.lockKey, {
        owner: stepId,
        applicationId: `application_${stepId}`,
        specHash: job.specHash,
        state: "failed",
        batchId: null,
        completedTriggers: 0,
        heartbeat: new Date(this.clock).toISOString(),
        reason: "Access Denied for the bucket lake.",
      });
      this.end(stepId, "FAILED", "exit code 1; log: s3://logs/stderr");
    }
    if (job?.behaviour === "refused") {
      this.objects.set(this.lockKey, {
        owner: "somebody",
        applicationId: "application_else",
        specHash: "another",
        state: "running",
        batchId: 7,
        completedTriggers: 8,
        heartbeat: new Date(this.clock).toISOString(),
      });
      this.steps.set(stepId, { state: "FAILED", reason: "exit code 1; log: s3://logs/stderr" });
      this.running.delete(stepId);
    }
    return Promise.resolve(this.clusters.has(clusterId) ? this.steps.get(stepId) : undefined);
  }

  clusterAlive(clusterId: string): Promise<boolean> {
    return Promise.resolve(this.clusters.has(clusterId) && !this.terminating.has(clusterId));
  }

  readLock(key: string): Promise<JobLock | undefined> {
    return Promise.resolve(this.objects.get(key));
  }

  putStopMarker(key: string): Promise<void> {
    this.log.push("ask to stop");
    this.markers.add(key);
    return Promise.resolve();
  }

  removeStopMarker(key: string): Promise<void> {
    this.markers.delete(key);
    return Promise.resolve();
  }

  now(): number {
    return this.clock;
  }

  sleep(milliseconds: number): Promise<void> {
    this.clock += milliseconds;
    for (const [stepId, job] of this.running) {
      this.advance(stepId, job.behaviour, job.specHash);
    }
    return Promise.resolve();
  }

  /** The job dies without a word: its step fails, its lock goes stale. */
  kill(stepId: string): void {
    this.end(stepId, "FAILED", "exit code 137");
  }

  /** The step ends, as CancelSteps or the loss of a primary node end it, and its driver goes on. */
  orphan(stepId: string): void {
    this.steps.set(stepId, { state: "CANCELLED", reason: "" });
  }

  private advance(stepId: string, behaviour: Behaviour, specHash: string): void {
    if (!this.clusters.has(this.startedOn.get(stepId) ?? "")) {
      this.running.delete(stepId);
      return;
    }
    if (behaviour === "crashing") {
      this.end(stepId, "FAILED", "exit code 1; log: s3://logs/stderr");
      return;
    }
    if (this.steps.get(stepId)?.state === "PENDING") {
      this.steps.set(stepId, { state: "RUNNING", reason: "" });
    }
    if (behaviour === "lockless" || behaviour === "failing") {
      return;
    }
    const stops = this.markers.has(this.stopKey) && behaviour !== "deaf";
    this.objects.set(this.lockKey, {
      owner: stepId,
      applicationId: `application_${stepId}`,
      specHash,
      state: stops ? "stopped" : "running",
      batchId: null,
      completedTriggers: behaviour === "hanging" || behaviour === "restarting" ? 0 : 1,
      ...(behaviour === "restarting" ? { reason: "The stream s is not there." } : {}),
      heartbeat: new Date(this.clock).toISOString(),
    });
    if (stops) {
      this.log.push(`stopped ${specHash}`);
      this.end(stepId, "COMPLETED", "");
    }
  }

  private end(stepId: string, state: string, reason: string): void {
    this.running.delete(stepId);
    if (["PENDING", "RUNNING"].includes(this.steps.get(stepId)?.state ?? "")) {
      this.steps.set(stepId, { state, reason });
    }
  }
}

/** Inputs whose command says which spec it is, so that the fake knows how the job behaves. */
export function spec(specHash: string, change: Partial<JobInputs> = {}): JobInputs {
  return jobInputs({ specHash, command: ["spark-submit", "job.py", specHash], ...change });
}

export function providerFor(fake: FakeJob): JobProvider {
  return new JobProvider(() => Promise.resolve(fake));
}

export async function deployed(fake: FakeJob, inputs: JobInputs = spec("one")): Promise<JobState> {
  const { outs } = await providerFor(fake).create(inputs);
  fake.log.length = 0;
  return outs as JobState;
}

/** What a failed operation says and leaves in the state. */
export async function failureOf(
  operation: Promise<unknown>,
): Promise<{ message: string; id?: string; properties?: JobState; reasons?: string[] }> {
  try {
    await operation;
  } catch (error) {
    return error as { message: string; properties?: JobState };
  }
  throw new Error("The operation succeeded.");
}
