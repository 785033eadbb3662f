import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { deploymentTarget } from "../../components/shared/target";
import { type StreamConfig, streamConfigSchema } from "../../components/stream/config";
import { EventStream } from "../../components/stream/eventStream";
import {
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
  valueOf,
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
  const made = (config: StreamConfig) =>
    new EventStream("events", { ...config, target: deploymentTarget("us-east-1") });

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  it("asks for shards, encryption and a day's retention of a provisioned stream", async () => {
    const stream = made(provisioned);
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
    const stream = made(onDemand);
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
    const stream = made(onDemand);
    const prefix = "streaming-ml:stream:EventStream$";
    expect(await valueOf(stream.stream.urn)).to.contain(`${prefix}${STREAM}::events`);
    expect(await valueOf(stream.key!.urn)).to.contain(`${prefix}aws:kms/key:Key::events-key`);
  });

  it("lets a consumer read this one stream and nothing else", async () => {
    const role = new aws.iam.Role("reader", { assumeRolePolicy: "{}" });
    made(provisioned).grantConsume("spark", role);
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
    const stream = made(onDemand);
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
    made(provisioned);
    await settled();
    expect(namesOf(registered, POLICY)).to.deep.equal([]);
  });

  it("has a consumer of its own for the job where the stack says so, which the job cannot deregister", async () => {
    const role = new aws.iam.Role("reader", { assumeRolePolicy: "{}" });
    const stream = made({ ...onDemand, fanOut: true });
    stream.grantConsume("spark", role);
    expect(await valueOf(stream.consumerName!)).to.equal("events-consumer-1a2b3c4");
    await settled();
    const consumer = find(
      registered,
      "aws:kinesis/streamConsumer:StreamConsumer",
      "events-consumer",
    );
    expect(consumer.inputs).to.deep.equal({ streamArn: ARN });
    const policy = statements(find(registered, POLICY, "events-spark-consume").inputs.policy);
    expect(policy.slice(1, 3)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "FindConsumer",
        Action: "kinesis:ListStreamConsumers",
        Resource: ARN,
      },
      {
        Effect: "Allow",
        Sid: "Subscribe",
        Action: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
        Resource: `${ARN}/consumer/events-consumer-1a2b3c4:1`,
      },
    ]);
    const actions = policy.flatMap(({ Action }) => Action);
    expect(actions).to.not.include("kinesis:DeregisterStreamConsumer");
    expect(actions).to.not.include("kinesis:RegisterStreamConsumer");
  });

  it("has no consumer and no policy of its own by default", async () => {
    expect(made(onDemand).consumerName).to.equal(undefined);
    await settled();
    expect(namesOf(registered, "aws:kinesis/streamConsumer:StreamConsumer")).to.deep.equal([]);
    expect(namesOf(registered, "aws:kinesis/resourcePolicy:ResourcePolicy")).to.deep.equal([]);
    expect(find(registered, "aws:kms/key:Key", "events-key").inputs).to.not.have.property("policy");
  });

  it("takes records from other accounts, which may encrypt with its key and never read", async () => {
    made({ ...onDemand, producerAccounts: ["111122223333"] });
    await settled();
    const { inputs } = find(
      registered,
      "aws:kinesis/resourcePolicy:ResourcePolicy",
      "events-policy",
    );
    expect(inputs.resourceArn).to.equal(ARN);
    const other = { AWS: ["arn:aws:iam::111122223333:root"] };
    expect(statements(inputs.policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "PutFromOtherAccounts",
        Principal: other,
        Action: ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"],
        Resource: ARN,
      },
    ]);
    const key = statements(find(registered, "aws:kms/key:Key", "events-key").inputs.policy);
    expect(key.map(({ Sid }) => Sid)).to.deep.equal([
      "Administer",
      "LeaveUseToIam",
      "EncryptFromOtherAccounts",
    ]);
    expect(key[1].Principal).to.deep.equal({ AWS: ["arn:aws:iam::123456789012:root"] });
    expect(key[2]).to.deep.include({
      Principal: other,
      Action: "kms:GenerateDataKey",
      Condition: { StringEquals: { "kms:ViaService": "kinesis.us-east-1.amazonaws.com" } },
    });
  });

  it("requires a key that other accounts can use", () => {
    const problem = streamConfigSchema.safeParse({
      mode: "provisioned",
      shardCount: 1,
      producerAccounts: ["111122223333"],
    });
    expect(problem.error?.issues).to.have.length(1);
    expect(problem.error?.issues[0].path).to.deep.equal(["producerAccounts"]);
    expect(problem.error?.issues[0].message).to.contain('set encryption to "customerManaged"');
  });
});
