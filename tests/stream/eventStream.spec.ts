import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { streamConfigSchema } from "../../components/stream/config";
import { EventStream } from "../../components/stream/eventStream";
import {
  find,
  mockStack,
  namesOf,
  settled,
  statements,
  valueOf,
  type Registered,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const STREAM = "aws:kinesis/stream:Stream";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/events-1a2b3c4";

const provisioned = streamConfigSchema.parse({ mode: "provisioned", shardCount: 2 });
const onDemand = streamConfigSchema.parse({
  mode: "onDemand",
  maxShards: 16,
  retentionHours: 168,
  encryption: "customerManaged",
  shardLevelMetrics: ["IteratorAgeMilliseconds"],
  protect: false,
});

describe("EventStream", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  it("asks for shards, encryption and a day's retention of a provisioned stream", async () => {
    const stream = new EventStream("events", provisioned);
    expect(await valueOf(stream.name)).to.equal("events-1a2b3c4");
    expect(await valueOf(stream.arn)).to.equal(ARN);
    expect(find(registered, STREAM, "events").inputs).to.deep.equal({
      streamModeDetails: { streamMode: "PROVISIONED" },
      shardCount: 2,
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: "alias/aws/kinesis",
      enforceConsumerDeletion: false,
    });
    expect(stream.key).to.equal(undefined);
  });

  it("names no shard count for an on-demand stream, and gives it its own key", async () => {
    const stream = new EventStream("events", onDemand);
    await valueOf(stream.name);
    expect(find(registered, STREAM, "events").inputs).to.deep.equal({
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 168,
      encryptionType: "KMS",
      kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/events-key",
      shardLevelMetrics: ["IteratorAgeMilliseconds"],
      enforceConsumerDeletion: true,
    });
    expect(find(registered, "aws:kms/key:Key", "events-key").inputs.enableKeyRotation).to.equal(
      true,
    );
  });

  it("is the parent of what it makes", async () => {
    const stream = new EventStream("events", onDemand);
    const prefix = "streaming-ml:stream:EventStream$";
    expect(await valueOf(stream.stream.urn)).to.contain(`${prefix}${STREAM}::events`);
    expect(await valueOf(stream.key!.urn)).to.contain(`${prefix}aws:kms/key:Key::events-key`);
  });

  it("lets a consumer read this one stream and nothing else", async () => {
    const role = new aws.iam.Role("reader", { assumeRolePolicy: "{}" });
    new EventStream("events", provisioned).grantConsume("spark", role);
    await settled();
    const { inputs } = find(registered, POLICY, "events-spark-consume");
    expect(inputs.role).to.equal("reader-1a2b3c4");
    expect(statements(inputs.policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "GetRecords",
        Action: [
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        Resource: ARN,
      },
    ]);
  });

  it("lets a producer write, and hands out the key only for what each side needs", async () => {
    const role = new aws.iam.Role("both", { assumeRolePolicy: "{}" });
    const stream = new EventStream("events", onDemand);
    stream.grantProduce("web", role);
    stream.grantConsume("spark", role);
    await settled();
    const key = "arn:aws:kms:us-east-1:123456789012:key/events-key";
    const produce = statements(find(registered, POLICY, "events-web-produce").inputs.policy);
    expect(produce[0].Action).to.deep.equal([
      "kinesis:DescribeStreamSummary",
      "kinesis:PutRecord",
      "kinesis:PutRecords",
    ]);
    expect(produce[0].Resource).to.equal(ARN);
    expect(produce[1]).to.include({ Action: "kms:GenerateDataKey", Resource: key });
    const consume = statements(find(registered, POLICY, "events-spark-consume").inputs.policy);
    expect(consume[1]).to.include({ Action: "kms:Decrypt", Resource: key });
  });

  it("grants nothing by itself", async () => {
    new EventStream("events", provisioned);
    await settled();
    expect(namesOf(registered, POLICY)).to.deep.equal([]);
  });
});
