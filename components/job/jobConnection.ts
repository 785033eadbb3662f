import type { EMRClient, StepStatus as EmrStepStatus } from "@aws-sdk/client-emr";
import type { S3Client } from "@aws-sdk/client-s3";

import type { JobLock } from "../../contracts/jobLock";
import { requireAccount, unlessNotFound } from "../shared/awsAnswers";
import { type Clock, systemClock } from "../shared/verifiedDeployment";
import type { JobInputs } from "./jobSpec";

/** Milliseconds between two looks at the job. */
export const POLL_MS = 1000;

const ENDED_STEPS = ["COMPLETED", "CANCELLED", "FAILED", "INTERRUPTED"];
const ENDED_CLUSTERS = ["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"];

export interface StepStatus {
  /** PENDING, CANCEL_PENDING, RUNNING, COMPLETED, CANCELLED, FAILED or INTERRUPTED. */
  readonly state: string;
  /** Why it failed and where the log is, as far as EMR says. */
  readonly reason: string;
}

/** Whether a step has ended; one that EMR does not know has. */
export function isOver(status: StepStatus | undefined): boolean {
  return status === undefined || ENDED_STEPS.includes(status.state);
}

/** How EMR and the job's lock are reached, and the clock that waits for them; tests bring their own. */
export interface JobConnection extends Clock {
  addStep(clusterId: string, name: string, command: readonly string[]): Promise<string>;
  /** Ends the step's own process. A driver that YARN placed on another node keeps running. */
  cancelStep(clusterId: string, stepId: string): Promise<void>;
  /** undefined when the cluster or the step is unknown. */
  stepStatus(clusterId: string, stepId: string): Promise<StepStatus | undefined>;
  /** Whether the cluster can still run steps. */
  clusterAlive(clusterId: string): Promise<boolean>;
  readLock(key: string): Promise<JobLock | undefined>;
  putStopMarker(key: string): Promise<void>;
  removeStopMarker(key: string): Promise<void>;
}

/** The AWS clients a {@link JobConnection} needs; only `send` is used. */
export interface JobClients {
  readonly emr: Pick<EMRClient, "send">;
  readonly s3: Pick<S3Client, "send">;
}

/** What decides whom a {@link JobConnection} reaches. */
export type JobLocation = Pick<JobInputs, "jobName" | "region" | "accountId" | "bucket">;

/**
 * Opens the AWS clients. They find credentials and endpoints as every AWS SDK does.
 *
 * @throws Error when the SDK's credentials are another account's
 */
export async function connectToJob(location: JobLocation): Promise<JobConnection> {
  const { jobName, region, bucket } = location;
  await requireAccount(`Streaming job "${jobName}"`, location);
  const { EMRClient } = await import("@aws-sdk/client-emr");
  const { S3Client } = await import("@aws-sdk/client-s3");
  return jobConnection({ emr: new EMRClient({ region }), s3: new S3Client({ region }) }, bucket);
}

/** A {@link JobConnection} over given clients. */
export async function jobConnection(clients: JobClients, bucket: string): Promise<JobConnection> {
  const emr = await import("@aws-sdk/client-emr");
  const s3 = await import("@aws-sdk/client-s3");
  return {
    ...systemClock(),
    async addStep(clusterId, name, command) {
      const answer = await clients.emr.send(
        new emr.AddJobFlowStepsCommand({
          JobFlowId: clusterId,
          Steps: [
            {
              Name: name,
              // With several steps at a time EMR accepts nothing else.
              ActionOnFailure: "CONTINUE",
              HadoopJarStep: { Jar: "command-runner.jar", Args: [...command] },
            },
          ],
        }),
      );
      const stepId = answer.StepIds?.[0];
      if (stepId === undefined) {
        throw new Error(
          `EMR accepted the step "${name}" on cluster ${clusterId} but named no step id.`,
        );
      }
      return stepId;
    },
    async cancelStep(clusterId, stepId) {
      await clients.emr.send(
        new emr.CancelStepsCommand({
          ClusterId: clusterId,
          StepIds: [stepId],
          StepCancellationOption: "TERMINATE_PROCESS",
        }),
      );
    },
    async stepStatus(clusterId, stepId) {
      const answer = await unlessNotFound(
        clients.emr.send(new emr.DescribeStepCommand({ ClusterId: clusterId, StepId: stepId })),
      );
      return answer === undefined ? undefined : stepStatusOf(answer.Step?.Status);
    },
    async clusterAlive(clusterId) {
      const answer = await unlessNotFound(
        clients.emr.send(new emr.DescribeClusterCommand({ ClusterId: clusterId })),
      );
      const state = answer?.Cluster?.Status?.State;
      return state !== undefined && !ENDED_CLUSTERS.includes(state);
    },
    async readLock(key) {
      const answer = await unlessNotFound(
        clients.s3.send(new s3.GetObjectCommand({ Bucket: bucket, Key: key })),
      );
      return answer === undefined
        ? undefined
        : (JSON.parse((await answer.Body?.transformToString()) ?? "") as JobLock);
    },
    async putStopMarker(key) {
      // Not empty: the SDK warns of a body without a length, and `pulumi up` shows that.
      await clients.s3.send(new s3.PutObjectCommand({ Bucket: bucket, Key: key, Body: "stop" }));
    },
    async removeStopMarker(key) {
      await clients.s3.send(new s3.DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

/** What EMR says about a step, as one line. */
function stepStatusOf(status: EmrStepStatus | undefined): StepStatus {
  const failure = status?.FailureDetails;
  const parts = [failure?.Reason, failure?.Message, status?.StateChangeReason?.Message];
  const log = failure?.LogFile === undefined ? [] : [`log: ${failure.LogFile}`];
  return {
    state: status?.State ?? "PENDING",
    reason: [...parts, ...log]
      .filter((part) => part !== undefined && part !== "")
      .join("; ")
      // EMR quotes logs with their line breaks; an error of ours is one sentence.
      .replace(/\s+/g, " "),
  };
}
