import { expect } from "chai";

import { find, mockStack, type Registered, statements, valueOf } from "../shared/pulumiMocks";
import { KEY, keyed, plain, planLake } from "./plannedLake";

// These tests prove the inputs we send; not that AWS accepts them.

describe("DataLake", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  it("says where events and refused records are, in Spark's words", async () => {
    const { eventsUri, quarantineUri, database, table } = await planLake();
    expect(await valueOf(eventsUri)).to.equal("s3a://lake-1a2b3c4/events");
    expect(await valueOf(quarantineUri)).to.equal("s3a://lake-1a2b3c4/events/status=quarantined");
    expect(await valueOf(database)).to.equal("streaming_ml_test");
    expect(await valueOf(table)).to.equal("events");
  });

  it("makes both buckets private, versioned and owned by this account alone", async () => {
    await planLake();
    for (const name of ["lake", "lake-artifacts"]) {
      const bucket = `${name}-1a2b3c4`;
      expect(
        find(
          registered,
          "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
          `${name}-private`,
        ).inputs,
      ).to.deep.equal({
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(
        find(registered, "aws:s3/bucketVersioning:BucketVersioning", `${name}-versioning`).inputs,
      ).to.deep.equal({ bucket, versioningConfiguration: { status: "Enabled" } });
      expect(
        find(
          registered,
          "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
          `${name}-ownership`,
        ).inputs.rule,
      ).to.deep.equal({ objectOwnership: "BucketOwnerEnforced" });
    }
  });

  it("deletes contents only where the stack says so", async () => {
    await planLake(plain);
    expect(find(registered, "aws:s3/bucket:Bucket", "lake").inputs).to.deep.equal({
      forceDestroy: true,
    });
    registered = await mockStack("test");
    await planLake(keyed);
    expect(find(registered, "aws:s3/bucket:Bucket", "lake").inputs).to.deep.equal({
      forceDestroy: false,
    });
  });

  it("protects what the stack says is not to be lost", async () => {
    const guarded = [
      ["aws:s3/bucket:Bucket", "lake"],
      ["aws:s3/bucket:Bucket", "lake-artifacts"],
      ["aws:secretsmanager/secret:Secret", "lake-user-key"],
      ["aws:secretsmanager/secret:Secret", "lake-quarantine-key"],
      ["aws:secretsmanager/secretVersion:SecretVersion", "lake-user-key-v1"],
      ["aws:secretsmanager/secretVersion:SecretVersion", "lake-quarantine-key-v1"],
    ] as const;
    await planLake(plain);
    expect(
      guarded.map(([type, name]) => find(registered, type, name).options.protect),
    ).to.not.include(true);
    registered = await mockStack("test");
    await planLake(keyed);
    expect(
      guarded.map(([type, name]) => find(registered, type, name).options.protect),
    ).to.not.include(false);
    expect(find(registered, "aws:kms/key:Key", "lake-key").options.protect).to.equal(true);
  });

  const encryption = (name: string) =>
    find(
      registered,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      `${name}-encryption`,
    ).inputs.rules;

  it("encrypts with S3's keys, or with a key of the stack", async () => {
    await planLake(plain);
    expect(encryption("lake")).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    registered = await mockStack("test");
    await planLake(keyed);
    expect(encryption("lake-artifacts")).to.deep.equal([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ]);
  });

  const bucketPolicy = () =>
    statements(find(registered, "aws:s3/bucketPolicy:BucketPolicy", "lake-policy").inputs.policy);

  it("denies plain HTTP and a wrong encryption header, but never a missing one", async () => {
    await planLake(keyed);
    const [http, algorithm, key] = bucketPolicy();
    expect(http).to.deep.equal({
      Effect: "Deny",
      Sid: "DenyPlainHttp",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::lake-1a2b3c4", "arn:aws:s3:::lake-1a2b3c4/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(algorithm.Condition).to.deep.equal({
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    });
    expect(key.Condition).to.deep.equal({
      Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": KEY },
    });
  });

  it("refuses no encryption when S3's own keys are used: a training job without a key uses aws:kms", async () => {
    await planLake(plain);
    expect(bucketPolicy().map(({ Sid }) => Sid)).to.deep.equal(["DenyPlainHttp"]);
  });

  it("logs who read or wrote what, where S3's logging service alone writes", async () => {
    await planLake(keyed);
    const LOGGING = "aws:s3/bucketLogging:BucketLogging";
    for (const [prefix, bucket] of [
      ["lake", "lake-1a2b3c4"],
      ["artifacts", "lake-artifacts-1a2b3c4"],
    ]) {
      expect(find(registered, LOGGING, `lake-${prefix}-access-log`).inputs).to.deep.equal({
        bucket,
        targetBucket: "lake-access-logs-1a2b3c4",
        targetPrefix: `${prefix}/`,
      });
    }
    const policy = statements(
      find(registered, "aws:s3/bucketPolicy:BucketPolicy", "lake-access-logs-policy").inputs.policy,
    );
    // A customer key would stop the logging service, so there is none to insist on.
    expect(policy.map(({ Sid }) => Sid)).to.deep.equal(["DenyPlainHttp", "WriteAccessLogs"]);
    expect(policy[1]).to.deep.equal({
      Effect: "Allow",
      Sid: "WriteAccessLogs",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::lake-access-logs-1a2b3c4/*",
      Condition: {
        ArnLike: {
          "aws:SourceArn": ["arn:aws:s3:::lake-1a2b3c4", "arn:aws:s3:::lake-artifacts-1a2b3c4"],
        },
      },
    });
    expect(encryption("lake-access-logs")).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });
});
