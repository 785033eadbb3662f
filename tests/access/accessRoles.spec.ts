import { expect } from "chai";

import { AccessRoles } from "../../components/access/accessRoles";
import { accessConfigSchema } from "../../components/access/config";
import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import { deploymentTarget } from "../../components/shared/target";
import { streamConfigSchema } from "../../components/stream/config";
import { EventStream } from "../../components/stream/eventStream";
import { readEventContract } from "../../contracts/event/workloads";
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

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const THEIRS = "arn:aws:iam::210987654321:role/posts-service";

const encryption = "customerManaged";

describe("AccessRoles", () => {
  let registered: Registered[];
  let made: AccessRoles;

  before(async () => {
    made = await roles({
      producers: ["account", THEIRS],
      lakeReaders: ["account"],
      quarantineReaders: ["account"],
      onCall: ["account"],
    });
  });

  async function roles(access: object): Promise<AccessRoles> {
    registered = await mockStack("test");
    const target = deploymentTarget("us-east-1");
    const component = new AccessRoles("access", {
      ...accessConfigSchema.parse(access),
      target,
      stream: new EventStream("events", {
        ...streamConfigSchema.parse({ mode: "provisioned", shardCount: 1, encryption }),
        target,
      }),
      lake: new DataLake("lake", {
        ...lakeConfigSchema.parse({ firstDay: "2026-01-01", encryption }),
        contract: readEventContract("sentiment"),
      }),
      clusterPrefixes: ["checkpoints", "logs"],
      watched: {
        clusterId: "j-1",
        pipelineName: "Posts",
        modelPackageGroupName: "models",
        endpointName: "Posts-1",
        alarmArns: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:one"],
        dashboardName: "posts",
        deadLetterQueueNames: ["compaction-undelivered-1a2b3c4"],
      },
    });
    await settled();
    return component;
  }

  /** Every statement a role has, by its id. */
  const rights = (role: string) =>
    new Map(
      registered
        .filter(({ type, inputs }) => type === POLICY && inputs.role === `${role}-1a2b3c4`)
        .flatMap(({ inputs }) => statements(inputs.policy))
        .map((statement) => [statement.Sid, statement] as const),
    );
  const actions = (role: string) =>
    [...rights(role).values()].flatMap(({ Action }) => Action).join("\n");

  it("trusts the principals that the stack names, and this account by the word account", async () => {
    const [trust] = statements(find(registered, ROLE, "access-producer").inputs.assumeRolePolicy);
    expect(trust.Action).to.equal("sts:AssumeRole");
    expect(trust.Principal).to.deep.equal({
      AWS: ["arn:aws:iam::123456789012:root", THEIRS],
    });
    expect(await valueOf(made.roleArns.producerRoleArn!)).to.equal(
      "arn:aws:iam::123456789012:role/access-producer-1a2b3c4",
    );
  });

  it("refuses a principal that is everybody, a pattern or invalid", () => {
    for (const one of ["*", "arn:aws:iam::123456789012:role/*", "ec2.amazonaws.com", "me"]) {
      const read = accessConfigSchema.safeParse({ producers: [one] });
      expect(read.error?.issues[0].message, one).to.match(/^must be "account", or the ARN/);
    }
  });

  it("lets a producer put records with the stream's key, and nothing else", () => {
    expect([...rights("access-producer").keys()]).to.deep.equal(["PutRecords", "UseKey"]);
    expect(rights("access-producer").get("UseKey")).to.include({
      Action: "kms:GenerateDataKey",
      Resource: "arn:aws:kms:us-east-1:123456789012:key/events-key",
    });
  });

  it("keeps the results of the quarantine from readers of valid events", () => {
    const results = (role: string) => rights(role).get("KeepResults")?.Resource;
    expect(results("access-lake-reader")).to.equal(
      "arn:aws:s3:::lake-1a2b3c4/query-results/events/*",
    );
    expect(results("access-quarantine-reader")).to.equal(
      "arn:aws:s3:::lake-1a2b3c4/query-results/quarantine/*",
    );
    const workgroup = (role: string) => String(rights(role).get("Query")?.Resource);
    expect(workgroup("access-lake-reader")).to.match(/workgroup\/lake-queries-1a2b3c4$/);
    expect(workgroup("access-quarantine-reader")).to.match(/lake-quarantine-queries-1a2b3c4$/);
    const lake = JSON.stringify([...rights("access-lake-reader").values()]);
    expect(lake).to.not.match(/quarantine|secretsmanager/);
    expect(actions("access-quarantine-reader")).to.contain("secretsmanager:GetSecretValue");
  });

  it("lets a query find the tables, Athena's default database and nothing else of the catalogue", () => {
    const glue = "arn:aws:glue:us-east-1:123456789012";
    expect(rights("access-lake-reader").get("ReadTables")?.Resource).to.deep.equal([
      `${glue}:catalog`,
      `${glue}:database/streaming_ml_test`,
      `${glue}:table/streaming_ml_test/events`,
      `${glue}:table/streaming_ml_test/history`,
    ]);
    expect(rights("access-lake-reader").get("FindDefaultDatabase")?.Resource).to.deep.equal([
      `${glue}:catalog`,
      `${glue}:database/default`,
    ]);
  });

  it("lets a person on call look at everything but events, keys and what refused records hold", () => {
    const all = JSON.stringify([...rights("access-on-call").values()]);
    expect(all).to.not.match(/secretsmanager|status=valid|\/history\/|query-results\/events/);
    expect(actions("access-on-call")).to.not.match(
      /AddJobFlowSteps|ssm:|iam:|kinesis:|s3:DeleteObject|:Delete|:Create|TerminateJobFlows/,
    );
    const read = registered
      .filter(({ type, name }) => type === POLICY && name.startsWith("lake-artifacts-on-call"))
      .map(({ name }) => name);
    expect(read).to.have.members([
      "lake-artifacts-on-call-checkpoints-read",
      "lake-artifacts-on-call-logs-read",
    ]);
  });

  it("lets a person on call read and empty the stack's dead-letter queues", () => {
    expect(rights("access-on-call").get("SettleUndelivered")).to.deep.include({
      Action: ["sqs:GetQueueUrl", "sqs:PurgeQueue", "sqs:ReceiveMessage"],
      Resource: ["arn:aws:sqs:us-east-1:123456789012:compaction-undelivered-1a2b3c4"],
    });
  });

  it("lets a person on call reject a model, not approve one", () => {
    const change = rights("access-on-call").get("RejectModels");
    expect(change?.Action).to.equal("sagemaker:UpdateModelPackage");
    expect(change?.Condition).to.deep.equal({
      StringEquals: { "sagemaker:ModelApprovalStatus": "Rejected" },
    });
  });

  it("makes no role that nobody may assume", async () => {
    const none = await roles({});
    expect(namesOf(registered, ROLE)).to.deep.equal([]);
    expect(Object.values(none.roleArns).filter((arn) => arn !== undefined)).to.deep.equal([]);
    await roles({ lakeReaders: [THEIRS] });
    expect(namesOf(registered, ROLE)).to.deep.equal(["access-lake-reader"]);
  });
});
