import { expect } from "chai";

import { planStack } from "../shared/plannedStacks";
import { type Registered, statements } from "../shared/pulumiMocks";

// Proves the rights we ask for; not that they suffice on AWS.

const POLICY = "aws:iam/rolePolicy:RolePolicy";

/** Ends of generated names, which differ from plan to plan. */
const withoutSuffix = (text: string) =>
  text.replace(/-[0-9a-f]{7}(?=$|[/:*])/g, "").replace(/key\/[0-9a-f-]{36}/, "key/KEY");

describe("permissions of prod's nodes", function () {
  this.timeout(180_000);
  let policies: Registered[];

  before(async () => {
    const planned = await planStack("prod");
    policies = planned.filter(
      ({ type, inputs }) => type === POLICY && /^spark-instance-/.test(String(inputs.role)),
    );
  });

  /** What the role may do, by what it may do it to. */
  function rights(actions: RegExp): Record<string, string[]> {
    const found: Record<string, Set<string>> = {};
    for (const { Action, Resource, Effect } of policies.flatMap(({ inputs }) =>
      statements(inputs.policy),
    )) {
      expect(Effect).to.equal("Allow");
      for (const action of [Action].flat().filter((one) => actions.test(one))) {
        for (const resource of [Resource].flat()) {
          (found[withoutSuffix(resource)] ??= new Set()).add(action);
        }
      }
    }
    return Object.fromEntries(
      Object.entries(found).map(([key, value]) => [key, [...value].sort()]),
    );
  }

  it("reach this stream, for reading", () => {
    expect(rights(/^kinesis:/)).to.deep.equal({
      "arn:aws:kinesis:us-east-1:123456789012:stream/events": [
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
      ],
    });
  });

  it("write below the prefixes of Spark, its checkpoints and logs, and nowhere else", () => {
    const written = Object.keys(rights(/^s3:(Put|Delete)Object$/)).sort();
    const below = (bucket: string, prefix: string) => [
      `arn:aws:s3:::${bucket}/${prefix}`,
      `arn:aws:s3:::${bucket}/${prefix}/*`,
    ];
    expect(written).to.deep.equal(
      [
        ...below("lake-artifacts", "checkpoints"),
        ...below("lake-artifacts", "logs"),
        ...below("lake", "events"),
        ...below("lake", "history"),
        ...below("lake", "training-sets"),
      ].sort(),
    );
  });

  it("read besides only the code", () => {
    const read = Object.keys(rights(/^s3:GetObject$/));
    const written = Object.keys(rights(/^s3:PutObject$/));
    expect(read.filter((resource) => !written.includes(resource)).sort()).to.deep.equal([
      "arn:aws:s3:::lake-artifacts/code",
      "arn:aws:s3:::lake-artifacts/code/*",
    ]);
  });

  it("read the job's two keys, and write to no log group: logs go to S3", () => {
    const secrets = rights(/^secretsmanager:/);
    const GET = ["secretsmanager:GetSecretValue"];
    expect(Object.values(secrets)).to.deep.equal([GET, GET]);
    const [user, quarantine] = Object.keys(secrets).sort().reverse();
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret";
    expect(user).to.match(new RegExp(`^${secret}:lake-user-key-?\\w*-\\w{6}$`));
    expect(quarantine).to.match(new RegExp(`^${secret}:lake-quarantine-key-?\\w*-\\w{6}$`));
    expect(rights(/^logs:/)).to.deep.equal({});
  });

  it("name every resource, but for metrics, which have none", () => {
    expect(rights(/./)["*"]).to.deep.equal(["cloudwatch:PutMetricData"]);
  });
});
