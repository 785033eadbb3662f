import { createHash } from "node:crypto";

import type { VerifiedState } from "../shared/verifiedDeployment";

/**
 * Raised when the provider's code changes: it is part of the hash, so the job starts again, once. Without it `diff`
 * would find nothing different, and Pulumi would keep running the code that it stored.
 */
const PROVIDER_REVISION = 2;

/** Value of `--spec-hash` while the hash of the command is computed. */
export const UNHASHED = "unhashed";

/** Inputs of the streaming job resource. All of them are plain data, kept in the state. */
export interface JobInputs {
  /** Name of the step and of the Spark application. */
  readonly jobName: string;
  readonly region: string;
  /** Account the job belongs to; any other is refused. */
  readonly accountId: string;
  readonly clusterId: string;
  /** The complete `spark-submit` command; its `--spec-hash` is `specHash`. */
  readonly command: string[];
  /** Hash of the command (with its own place empty), the cluster and this resource's revision. */
  readonly specHash: string;
  /** Bucket and keys of the job's lock and of its stop marker. */
  readonly bucket: string;
  readonly lockKey: string;
  readonly stopKey: string;
  readonly enabled: boolean;
  readonly readinessTimeoutSeconds: number;
  readonly stopTimeoutSeconds: number;
}

/** A command and the cluster it runs on: what an update can return to. */
export interface JobSpec {
  readonly clusterId: string;
  readonly command: string[];
  readonly specHash: string;
  readonly lockKey: string;
  readonly stopKey: string;
}

/** A job that was started, and what it takes to stop it. */
export interface RunningJob extends JobSpec {
  readonly stepId: string;
}

/** What the resource remembers beside its inputs. */
export interface JobState extends JobInputs, VerifiedState {
  /** What runs now; null when nothing does. */
  readonly running: RunningJob | null;
  /** The last spec that became ready. */
  readonly lastGood: JobSpec | null;
}

/** Hash of a spec: 16 hexadecimal digits. */
export function hashSpec(command: readonly string[], clusterId: string): string {
  return createHash("sha256")
    .update(JSON.stringify({ PROVIDER_REVISION, clusterId, command }))
    .digest("hex")
    .slice(0, 16);
}

/** The part of the inputs that an update can return to. */
export function specOf(inputs: JobInputs): JobSpec {
  const { clusterId, command, specHash, lockKey, stopKey } = inputs;
  return { clusterId, command, specHash, lockKey, stopKey };
}
