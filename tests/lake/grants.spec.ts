import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import { readEventContract } from "../../contracts/event/workloads";
import {
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const POLICY = "aws:iam/rolePolicy:RolePolicy";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/lake-key";

const QUARANTINE_KEY = {
  Action: "secretsmanager:GetSecretValue",
  Resource: "arn:aws:secretsmanager:us-east-1:123456789012:secret:lake-quarantine-key-v1",
};

const plain = lakeConfigSchema.parse({ firstDay: "2026-01-01" });
const keyed = lakeConfigSchema.parse({ encryption: "customerManaged", firstDay: "2026-01-01" });

describe("grants of the DataLake", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  async function grant(make: (lake: DataLake, role: aws.iam.Role) => void, config = keyed) {
    const role = new aws.iam.Role("spark", { assumeRolePolicy: "{}" });
    make(new DataLake("lake", { ...config, contract: readEventContract("sentiment") }), role);
    await settled();
  }
  const granted = (name: string) => statements(find(registered, POLICY, name).inputs.policy);

  it("open one prefix, itself and below, for reading", async () => {
    await grant((made, role) => made.artifactBucket.grantRead("code", role, "code"));
    const [list, read, key] = granted("lake-artifacts-code-read");
    expect(list.Condition).to.deep.equal({ StringLike: { "s3:prefix": ["code", "code/*"] } });
    expect(list.Resource).to.equal("arn:aws:s3:::lake-artifacts-1a2b3c4");
    expect(read).to.deep.equal({
      Effect: "Allow",
      Sid: "ReadObjects",
      Action: "s3:GetObject",
      Resource: [
        "arn:aws:s3:::lake-artifacts-1a2b3c4/code",
        "arn:aws:s3:::lake-artifacts-1a2b3c4/code/*",
      ],
    });
    expect(key)
      .to.include({ Resource: KEY })
      .and.deep.include({ Action: ["kms:Decrypt"] });
  });

  it("add what a committer does for writing", async () => {
    await grant((made, role) => made.lakeBucket.grantWrite("events", role, "events"), plain);
    const policy = granted("lake-events-write");
    expect(policy).to.have.length(3);
    // No condition on a prefix: this action knows none, so the condition would never be met.
    expect(policy[1]).to.deep.equal({
      Effect: "Allow",
      Sid: "ListUploads",
      Action: "s3:ListBucketMultipartUploads",
      Resource: "arn:aws:s3:::lake-1a2b3c4",
    });
    expect(policy[2].Action).to.deep.equal([
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ]);
  });

  it("separate readers of valid events from readers of refused records", async () => {
    await grant((made, role) => {
      made.grantReadEvents("analysts", role);
      made.grantReadQuarantine("support", role);
    }, plain);
    const objects = (name: string) => granted(name)[1].Resource;
    const below = (prefix: string) => [
      `arn:aws:s3:::lake-1a2b3c4/${prefix}`,
      `arn:aws:s3:::lake-1a2b3c4/${prefix}/*`,
    ];
    expect(objects("lake-analysts-valid-read")).to.deep.equal(below("events/status=valid"));
    expect(objects("lake-analysts-history-read")).to.deep.equal(below("history"));
    expect(objects("lake-support-quarantine-read")).to.deep.equal(
      below("events/status=quarantined"),
    );
  });

  it("let the job write events and their history, and name every version of the lake there was", async () => {
    const make = (made: DataLake, role: aws.iam.Role) => {
      made.grantWriteEvents("spark", role);
      made.grantReadEvents("analysts", role);
      made.grantReadReasons("support", role);
    };
    const bucket = "arn:aws:s3:::lake-1a2b3c4";
    const objects = (name: string) => granted(name).find(({ Sid }) => /Objects$/.test(Sid))!;
    const listed = (name: string) => granted(name)[0].Condition;
    await grant(make, plain);
    expect(objects("lake-spark-events-write").Resource).to.deep.equal([
      `${bucket}/events`,
      `${bucket}/events/*`,
    ]);
    expect(objects("lake-spark-history-write").Resource).to.deep.equal([
      `${bucket}/history`,
      `${bucket}/history/*`,
    ]);
    registered = await mockStack("test");
    await grant(make, { ...plain, version: 2 });
    // The old job writes until the new one takes over.
    expect(objects("lake-spark-events-write").Resource).to.deep.equal([
      `${bucket}/events`,
      `${bucket}/events/*`,
      `${bucket}/events-v2`,
      `${bucket}/events-v2/*`,
    ]);
    expect(listed("lake-spark-history-write")).to.deep.equal({
      StringLike: { "s3:prefix": ["history", "history/*", "history-v2", "history-v2/*"] },
    });
    expect(objects("lake-analysts-valid-read").Resource).to.deep.equal([
      `${bucket}/events/status=valid`,
      `${bucket}/events/status=valid/*`,
      `${bucket}/events-v2/status=valid`,
      `${bucket}/events-v2/status=valid/*`,
    ]);
    expect(listed("lake-support-quarantine-read")).to.deep.equal({
      StringLike: {
        "s3:prefix": [
          "events/status=quarantined",
          "events/status=quarantined/*",
          "events-v2/status=quarantined",
          "events-v2/status=quarantined/*",
        ],
      },
    });
  });

  it("let readers of refused records decrypt them, and no reader of valid events", async () => {
    await grant((made, role) => {
      made.grantReadEvents("analysts", role);
      made.grantReadQuarantine("support", role);
    });
    expect(namesOf(registered, POLICY)).to.have.members([
      "lake-analysts-valid-read",
      "lake-analysts-history-read",
      "lake-support-quarantine-read",
      "lake-support-quarantine-key",
    ]);
    expect(granted("lake-support-quarantine-key")).to.deep.equal([
      { Effect: "Allow", Sid: "ReadQuarantineKey", ...QUARANTINE_KEY },
      { Effect: "Allow", Sid: "UseKey", Action: "kms:Decrypt", Resource: KEY },
    ]);
    for (const name of ["lake-analysts-valid-read", "lake-analysts-history-read"]) {
      expect(JSON.stringify(granted(name))).to.not.contain("secretsmanager");
    }
  });

  it("let the job, which only encrypts, read the key of the quarantine by its exact ARN", async () => {
    await grant((made, role) => made.grantQuarantineKey("spark", role), plain);
    expect(namesOf(registered, POLICY)).to.deep.equal(["lake-spark-quarantine-key"]);
    expect(granted("lake-spark-quarantine-key")).to.deep.equal([
      { Effect: "Allow", Sid: "ReadQuarantineKey", ...QUARANTINE_KEY },
    ]);
  });

  it("grant the key of the pseudonyms by its exact ARN", async () => {
    await grant((made, role) => made.grantUserKey("spark", role));
    const [secret, key] = granted("lake-spark-user-key");
    expect(secret).to.include({
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:us-east-1:123456789012:secret:lake-user-key-v1",
    });
    expect(key).to.include({ Action: "kms:Decrypt", Resource: KEY });
  });
});
