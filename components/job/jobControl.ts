import type { EMRClient } from "@aws-sdk/client-emr";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";

import type { JobLock } from "../../contracts/jobLock";

export interface StepStatus {
  /** PENDING, CANCEL_PENDING, RUNNING, COMPLETED, CANCELLED, FAILED or INTERRUPTED. */
  readonly state: string;
  /** Why it failed and where the log is, as far as EMR says. */
  readonly reason: string;
}

/** The few things that can be done to a job. One implementation speaks to AWS; tests bring their own. */
export interface JobControl {
  accountId(): Promise<string>;
  addStep(clusterId: string, name: string, command: readonly string[]): Promise<string>;
  /** Ends the step's own process. A driver that YARN placed on another node lives on. */
  cancelStep(clusterId: string, stepId: string): Promise<void>;
  /** undefined when the cluster or the step is unknown. */
  stepStatus(clusterId: string, stepId: string): Promise<StepStatus | undefined>;
  /** Whether the cluster can still run steps. */
  clusterAlive(clusterId: string): Promise<boolean>;
  readLock(key: string): Promise<JobLock | undefined>;
  putStopMarker(key: string): Promise<void>;
  removeStopMarker(key: string): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The AWS clients a {@link JobControl} needs; only `send` is used. */
export interface JobClients {
  readonly emr: Pick<EMRClient, "send">;
  readonly s3: Pick<S3Client, "send">;
  readonly sts: Pick<STSClient, "send">;
}

const ENDED_CLUSTERS = ["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"];

/** Opens the AWS clients. They find credentials and endpoints as every AWS SDK does. */
export async function openJobControl(region: string, bucket: string): Promise<JobControl> {
  const { EMRClient } = await import("@aws-sdk/client-emr");
  const { S3Client } = await import("@aws-sdk/client-s3");
  const { STSClient } = await import("@aws-sdk/client-sts");
  return jobControl(
    {
      emr: new EMRClient({ region }),
      s3: new S3Client({ region }),
      sts: new STSClient({ region }),
    },
    bucket,
  );
}

/** A {@link JobControl} over given clients. */
export async function jobControl(clients: JobClients, bucket: string): Promise<JobControl> {
  const emr = await import("@aws-sdk/client-emr");
  const s3 = await import("@aws-sdk/client-s3");
  const sts = await import("@aws-sdk/client-sts");
  return {
    async accountId() {
      const identity = await clients.sts.send(new sts.GetCallerIdentityCommand({}));
      return identity.Account ?? "";
    },
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
      try {
        const answer = await clients.emr.send(
          new emr.DescribeStepCommand({ ClusterId: clusterId, StepId: stepId }),
        );
        const status = answer.Step?.Status;
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
      } catch (error) {
        if (isUnknown(error)) {
          return undefined;
        }
        throw error;
      }
    },
    async clusterAlive(clusterId) {
      try {
        const answer = await clients.emr.send(
          new emr.DescribeClusterCommand({ ClusterId: clusterId }),
        );
        const state = answer.Cluster?.Status?.State;
        return state !== undefined && !ENDED_CLUSTERS.includes(state);
      } catch (error) {
        if (isUnknown(error)) {
          return false;
        }
        throw error;
      }
    },
    async readLock(key) {
      try {
        const answer = await clients.s3.send(new s3.GetObjectCommand({ Bucket: bucket, Key: key }));
        return JSON.parse((await answer.Body?.transformToString()) ?? "") as JobLock;
      } catch (error) {
        if (isUnknown(error)) {
          return undefined;
        }
        throw error;
      }
    },
    async putStopMarker(key) {
      // Not empty: the SDK warns of a body without a length, and `pulumi up` shows that.
      await clients.s3.send(new s3.PutObjectCommand({ Bucket: bucket, Key: key, Body: "stop" }));
    },
    async removeStopMarker(key) {
      await clients.s3.send(new s3.DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Whether AWS says that what was asked for is not there (EMR calls an unknown id an invalid request). */
function isUnknown(error: unknown): boolean {
  const { name, message } = error as { name?: string; message?: string };
  return (
    name === "NoSuchKey" ||
    name === "NoSuchBucket" ||
    (name === "InvalidRequestException" && /not valid|not exist|not found/i.test(message ?? ""))
  );
}
