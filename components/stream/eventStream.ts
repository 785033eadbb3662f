import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { grant, type NamedRole, policyDocument, type PolicyStatement } from "../shared/iam";
import { administerKey } from "../shared/keyPolicy";
import { completeArgs } from "../shared/settings";
import type { DeploymentTarget } from "../shared/target";
import { type StreamConfig, streamConfigSchema, type StreamSettings } from "./config";

export interface EventStreamArgs extends StreamSettings {
  readonly target: DeploymentTarget;
}

/** Kinesis actions of a producer. */
const PRODUCE = ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"];

/** Kinesis actions of a consumer that polls (shared throughput). */
const POLL = [
  "kinesis:DescribeStreamSummary",
  "kinesis:GetRecords",
  "kinesis:GetShardIterator",
  "kinesis:ListShards",
];

/**
 * The encrypted data stream that producers write events to and the streaming job reads.
 * Roles get permissions on this stream only, through {@link grantConsume} and {@link grantProduce}.
 */
export class EventStream extends pulumi.ComponentResource {
  /** Physical name of the data stream. */
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** Name of the job's consumer, if it uses enhanced fan-out. */
  public readonly consumerName?: pulumi.Output<string>;
  /** Number of shards, current or expected: jobs are sized for it. */
  public readonly shards: Pick<StreamConfig, "mode" | "shardCount" | "maxShards">;
  /** The customer managed key, if the stream has one. */
  public readonly key?: aws.kms.Key;
  /** The underlying stream resource. */
  public readonly stream: aws.kinesis.Stream;
  private readonly consumer?: aws.kinesis.StreamConsumer;
  private readonly logicalName: string;

  constructor(name: string, given: EventStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs("EventStream", name, streamConfigSchema, given, "target");
    super("streaming-ml:stream:EventStream", name, {}, opts);
    this.logicalName = name;
    const { mode, shardCount, maxShards } = args;
    this.shards = { mode, shardCount, maxShards };
    if (args.encryption === "customerManaged") {
      this.key = new aws.kms.Key(
        `${name}-key`,
        {
          description: "Encrypts the events while they are in the data stream",
          enableKeyRotation: true,
          deletionWindowInDays: 30,
          ...(args.producerAccounts.length > 0
            ? { policy: sharedKeyPolicy(args.target, args.producerAccounts) }
            : {}),
        },
        { parent: this, protect: args.protect },
      );
    }
    this.stream = new aws.kinesis.Stream(
      name,
      {
        streamModeDetails: {
          streamMode: args.mode === "onDemand" ? "ON_DEMAND" : "PROVISIONED",
        },
        ...(args.mode === "provisioned" ? { shardCount: args.shardCount } : {}),
        retentionPeriod: args.retentionHours,
        encryptionType: "KMS",
        kmsKeyId: this.key?.arn ?? "alias/aws/kinesis",
        ...(args.shardLevelMetrics.length > 0 ? { shardLevelMetrics: args.shardLevelMetrics } : {}),
        // A registered consumer must not prevent the stream's deletion.
        enforceConsumerDeletion: !args.protect,
      },
      { parent: this, protect: args.protect },
    );
    this.name = this.stream.name;
    this.arn = this.stream.arn;
    if (args.fanOut) {
      this.consumer = new aws.kinesis.StreamConsumer(
        `${name}-consumer`,
        { streamArn: this.arn },
        { parent: this },
      );
      this.consumerName = this.consumer.name;
    }
    if (args.producerAccounts.length > 0) {
      new aws.kinesis.ResourcePolicy(
        `${name}-policy`,
        {
          resourceArn: this.arn,
          policy: policyDocument([
            {
              Sid: "PutFromOtherAccounts",
              Principal: { AWS: rootsOf(args.target, args.producerAccounts) },
              Action: PRODUCE,
              Resource: this.arn,
            },
          ]),
        },
        { parent: this },
      );
    }
    this.registerOutputs({ name: this.name, arn: this.arn, consumerName: this.consumerName });
  }

  /** Lets a role put records on this stream. */
  public grantProduce(name: string, role: NamedRole): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-produce`, role, [
      {
        Sid: "PutRecords",
        Action: PRODUCE,
        Resource: this.arn,
      },
      ...this.keyStatement("kms:GenerateDataKey"),
    ]);
  }

  /**
   * Lets a role read this stream, by polling or, with enhanced fan-out, through the stream's consumer. It may not
   * deregister the consumer, which Pulumi manages: EMR's connector tries to at every clean stop of the job, and ignores
   * the failure (connector 1.4.2, KinesisV2MicrobatchStream.stop).
   */
  public grantConsume(name: string, role: NamedRole): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-consume`, role, [
      { Sid: "GetRecords", Action: POLL, Resource: this.arn },
      ...(this.consumer === undefined
        ? []
        : [
            {
              Sid: "FindConsumer",
              Action: "kinesis:ListStreamConsumers",
              Resource: this.arn,
            },
            {
              Sid: "Subscribe",
              Action: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
              Resource: this.consumer.arn,
            },
          ]),
      ...this.keyStatement("kms:Decrypt"),
    ]);
  }

  private keyStatement(action: string): PolicyStatement[] {
    return this.key === undefined
      ? []
      : [{ Sid: "UseKey", Action: action, Resource: this.key.arn }];
  }
}

/** Key policy that leaves permissions to this account's IAM, and lets other accounts' producers encrypt. */
function sharedKeyPolicy(
  target: DeploymentTarget,
  producerAccounts: readonly string[],
): pulumi.Output<string> {
  return policyDocument([
    administerKey(target),
    {
      Sid: "LeaveUseToIam",
      Principal: { AWS: rootsOf(target, [target.accountId]) },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      // In a key policy "*" is the key itself.
      Resource: "*",
    },
    {
      Sid: "EncryptFromOtherAccounts",
      Principal: { AWS: rootsOf(target, producerAccounts) },
      Action: "kms:GenerateDataKey",
      Resource: "*",
      Condition: {
        StringEquals: { "kms:ViaService": `kinesis.${target.region}.amazonaws.com` },
      },
    },
  ]);
}

/** The accounts as principals: each account decides which of its roles may use it. */
function rootsOf(
  target: DeploymentTarget,
  accounts: readonly pulumi.Input<string>[],
): pulumi.Output<string>[] {
  return accounts.map(
    (account) => pulumi.interpolate`arn:${target.partition}:iam::${account}:root`,
  );
}
