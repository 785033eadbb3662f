import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { EMRClient } from "@aws-sdk/client-emr";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";

import type { StackOutputs } from "../../contracts/stackOutputs";
import type { StackReference } from "../stack";
import type { PlannedStack } from "./plannedStack";
import type { Verdict } from "./verdict";

type Sender<Client extends { send: unknown }> = Pick<Client, "send">;

/** The AWS clients that checks ask. */
export interface VerifyClients {
  readonly apiGateway: Sender<APIGatewayClient>;
  readonly cloudWatch: Sender<CloudWatchClient>;
  readonly emr: Sender<EMRClient>;
  readonly kinesis: Sender<KinesisClient>;
  readonly s3: Sender<S3Client>;
  readonly sagemaker: Sender<SageMakerClient>;
}

/** Time, replaced in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What a check of a deployed stack is told. */
export interface DeployedStack {
  readonly reference: StackReference;
  readonly outputs: StackOutputs;
  readonly clients: VerifyClients;
  readonly clock: Clock;
}

/** What a check before the first `up` is told. */
export interface StackToBe {
  readonly planned: PlannedStack;
  readonly clients: VerifyClients;
}

/** One thing that nobody has verified against AWS, and how to. */
export interface Check<Subject> {
  /** What docs/first-deploy.md calls it. */
  readonly id: string;
  /** What holds when it is ok, in a few words. */
  readonly title: string;
  /** Whether it works without credentials of AWS. @default false */
  readonly withoutCredentials?: boolean;
  /** Why services that stand in for AWS on one machine cannot answer, as a sentence. Absent: they can. */
  readonly onlyAws?: string;
  /** Asks and judges. What it throws becomes a verdict, too. */
  readonly run: (subject: Subject) => Promise<Verdict>;
}

/** A check and what it came to. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
}
