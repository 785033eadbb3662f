import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { z } from "zod";

import { DataLake } from "../../components/lake/dataLake";
import { Network } from "../../components/network/network";
import { checkSettings, completeArgs } from "../../components/shared/settings";
import { deploymentTarget } from "../../components/shared/target";
import { EventStream } from "../../components/stream/eventStream";
import { find, mockStack, type Registered, settled } from "./pulumiMocks";

/** One line per problem of a value. */
function refusals(schema: z.ZodType, value: unknown): string[] {
  return checkSettings(schema, value).problems.map(({ path, message }) => `${path} ${message}`);
}

describe("settings", () => {
  const schema = z.strictObject({
    count: z.int().min(1).max(20),
    share: z.number().gt(0).max(0.9).optional(),
    memoryMb: z.int().min(1024).max(6144).multipleOf(1024).optional(),
    period: z.enum(["DAY", "WEEK"]).optional(),
    tags: z.array(z.string().min(1)).min(1).max(2).optional(),
    when: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("clock"), minutes: z.int().min(1) }),
        z.strictObject({ kind: z.literal("never") }),
      ])
      .optional(),
    on: z.boolean().default(true),
  });

  it("are told apart from what they may be, with the whole range and what to do", () => {
    const wrong = { count: 0, share: 1, memoryMb: 1500, period: "YEAR", tags: [], on: "yes" };
    expect(refusals(schema, wrong)).to.deep.equal([
      "count must be an integer from 1 to 20. Raise it",
      "share must be a number above 0 and of at most 0.9. Lower it",
      "memoryMb must be an integer from 1024 to 6144, a multiple of 1024. Correct it",
      'period must be "DAY" or "WEEK". Correct it',
      "tags must have at least 1 element. Add some",
      "on must be true or false. Correct it",
    ]);
    expect(refusals(schema, { tags: ["", "b"], count: 1.5 })).to.deep.equal([
      "count must be an integer from 1 to 20. Correct it",
      "tags[0] must have at least 1 character. Correct it",
    ]);
  });

  it("may be too many", () => {
    expect(refusals(schema, { count: 1, tags: ["a", "b", "c"] })).to.deep.equal([
      "tags must have at most 2 elements. Remove some",
    ]);
  });

  it("say what is missing, what is not known, and what a union takes", () => {
    expect(refusals(schema, { cuont: 2 })).to.deep.equal([
      "count is missing: set it to an integer from 1 to 20",
      " has unknown keys: cuont. Remove them or correct their spelling",
    ]);
    const at = (when: unknown) => refusals(schema, { count: 1, when });
    expect(at({ kind: "moon" })).to.deep.equal([
      'when.kind must be "clock" or "never". Correct it',
    ]);
    expect(at({})).to.deep.equal(['when.kind is missing: set it to "clock" or "never"']);
    expect(at({ kind: "clock" })).to.deep.equal([
      "when.minutes is missing: set it to an integer of at least 1",
    ]);
    expect(refusals(schema, "all")).to.deep.equal([" must be an object. Correct it"]);
  });

  it("leave a message of the schema's own as it is", () => {
    const own = z.strictObject({ id: z.string().regex(/^\d+$/, "must be digits") });
    expect(refusals(own, { id: "x" })).to.deep.equal(["id must be digits"]);
  });

  it("are completed beside the wiring, which is taken as it is", () => {
    const wiring = pulumi.output("arn");
    const args = completeArgs("Box", "small", schema, { count: 2, wiring }, "wiring");
    expect(args).to.deep.equal({ count: 2, on: true, wiring });
    expect(args.wiring).to.equal(wiring);
  });
});

describe("a component in somebody else's program", () => {
  let registered: Registered[];
  const target = () => deploymentTarget("us-east-1");

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  it("needs no more than what it cannot know", async () => {
    new EventStream("clicks", { shardCount: 2, target: target() });
    await settled();
    const { inputs, options } = find(registered, "aws:kinesis/stream:Stream", "clicks");
    expect(inputs).to.deep.equal({
      streamModeDetails: { streamMode: "PROVISIONED" },
      shardCount: 2,
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: "alias/aws/kinesis",
      enforceConsumerDeletion: false,
    });
    expect(options.protect).to.equal(true);
  });

  it("names itself and every property at fault, before it plans anything", async () => {
    const wrong = { shardCount: 0, retentionHours: 12, producerAccounts: ["111122223333"] };
    expect(() => new EventStream("clicks", { ...wrong, target: target() })).to.throw(
      pulumi.RunError,
      'EventStream "clicks" has 3 problems; nothing of it was planned:\n' +
        "  - shardCount must be an integer from 1 to 10000. Raise it. Received: 0.\n" +
        "  - retentionHours must be an integer from 24 to 8760. Raise it. Received: 12.\n" +
        "  - producerAccounts cannot be served with the key alias/aws/kinesis, which no other account may use: set " +
        'encryption to "customerManaged", or remove them. Received: ["111122223333"].',
    );
    await settled();
    expect(registered).to.deep.equal([]);
  });

  it("refuses an argument it does not know, also from a spread, and an output that decides what is planned", () => {
    const misspelt = { shardCount: 1, retentionHuors: 48 };
    expect(() => new EventStream("clicks", { ...misspelt, target: target() })).to.throw(
      "has unknown keys: retentionHuors",
    );
    const later = { shardCount: pulumi.output(1) as unknown as number, target: target() };
    expect(() => new EventStream("clicks", later)).to.throw(
      "shardCount decides what is planned, so it cannot be an output, which is known only later. Give it a plain value.",
    );
  });

  it("takes outputs of other resources where they decide nothing", async () => {
    const network = new Network("shared", {
      mode: "existing",
      vpcId: pulumi.output("vpc-of-another-stack"),
      privateSubnetIds: pulumi.output(["subnet-of-another-stack"]),
      region: "us-east-1",
    });
    await settled();
    expect(
      find(registered, "aws:ec2/securityGroup:SecurityGroup", "shared-clients").inputs.vpcId,
    ).to.equal("vpc-of-another-stack");
    expect(network.vpc).to.equal(undefined);
    const plain = { mode: "existing", vpcId: "vpc", privateSubnetIds: [], region: "r" } as const;
    expect(() => new Network("shared", { ...plain, privateSubnetIds: [] })).to.throw(
      'Network "shared" has 2 problems; nothing of it was planned:\n' +
        '  - vpcId must look like vpc-0123456789abcdef0. Received: "vpc".\n',
    );
  });

  it("checks the settings below its own, too", () => {
    const contract = { title: "t", fileName: "f", sha256: "s", text: "{}", compiled: {} } as never;
    expect(
      () =>
        new DataLake("lake", {
          firstDay: "yesterday",
          retention: { quarantinedDays: 0 },
          contract,
        }),
    ).to.throw(
      'DataLake "lake" has 2 problems; nothing of it was planned:\n' +
        "  - retention.quarantinedDays must be at least 1 day: somebody has to look at them. Received: 0.\n" +
        '  - firstDay must be a date such as 2026-01-01. Received: "yesterday".',
    );
  });
});
