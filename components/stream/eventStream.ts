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

/** What a producer does with the stream. */
const PRODUCE = ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"];

/** What a reader by polling (shared throughput) does. */
const POLL = [
  "kinesis:DescribeStreamSummary",
  "kinesis:GetRecords",
  "kinesis:GetShardIterator",
  "kinesis:ListShards",
];

/**
 * The data stream that producers write events to and the streaming job reads.
 * Encrypted; readers and writers get exactly this stream, through {@link grantConsume} and {@link grantProduce}.
 */
export class EventStream extends pulumi.ComponentResource {
  /** Physical name of the data stream. */
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** Name of the job's own consumer, when it reads by enhanced fan-out. */
  public readonly consumerName?: pulumi.Output<string>;
  /** How many shards it has or may open: whoever sizes a job needs them. */
  public readonly shards: Pick<StreamConfig, "mode" | "shardCount" | "maxShards">;
  /** The customer key, when the stream has one. */
  public readonly key?: aws.kms.Key;
  /** The stream itself, for what this component does not offer. */
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
        // A registered reader must not keep a stream that is meant to go.
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
   * Lets a role read this stream, by polling or, with fan-out, through the stream's consumer. EMR's connector would
   * deregister the consumer at every clean stop of the job; without that permission it stops without an error
   * (connector 1.4.2, KinesisV2MicrobatchStream.stop), and the consumer stays what Pulumi made it.
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

/** Key policy that lets this account's roles be given the key, and other accounts' producers encrypt with it. */
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
      // In the policy of a key this is the key itself.
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

/** The accounts themselves: which of their roles may is for each account to say. */
function rootsOf(
  target: DeploymentTarget,
  accounts: readonly pulumi.Input<string>[],
): pulumi.Output<string>[] {
  return accounts.map(
    (account) => pulumi.interpolate`arn:${target.partition}:iam::${account}:root`,
  );
}
