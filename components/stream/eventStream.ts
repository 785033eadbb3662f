import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { grant, type PolicyStatement } from "../shared/iam";
import type { StreamConfig } from "./config";

export type EventStreamArgs = StreamConfig;

/**
 * The data stream that producers write posts to and the streaming job reads.
 * Encrypted; readers and writers get exactly this stream, through {@link grantConsume} and {@link grantProduce}.
 */
export class EventStream extends pulumi.ComponentResource {
  /** Physical name of the data stream. */
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** The customer key, when the stream has one. */
  public readonly key?: aws.kms.Key;
  /** The stream itself, for what this component does not offer. */
  public readonly stream: aws.kinesis.Stream;
  private readonly logicalName: string;

  constructor(name: string, args: EventStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:stream:EventStream", name, {}, opts);
    this.logicalName = name;
    if (args.encryption === "customerManaged") {
      this.key = new aws.kms.Key(
        `${name}-key`,
        {
          description: "Encrypts the posts while they are in the data stream",
          enableKeyRotation: true,
          deletionWindowInDays: 30,
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
    this.registerOutputs({ name: this.name, arn: this.arn });
  }

  /** Lets a role put records on this stream. */
  public grantProduce(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-produce`, role, [
      {
        Sid: "PutRecords",
        Action: ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"],
        Resource: this.arn,
      },
      ...this.keyStatement("kms:GenerateDataKey"),
    ]);
  }

  /** Lets a role read this stream by polling (shared throughput). */
  public grantConsume(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-consume`, role, [
      {
        Sid: "GetRecords",
        Action: [
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        Resource: this.arn,
      },
      ...this.keyStatement("kms:Decrypt"),
    ]);
  }

  private keyStatement(action: string): PolicyStatement[] {
    return this.key === undefined
      ? []
      : [{ Sid: "UseKey", Action: action, Resource: this.key.arn }];
  }
}
