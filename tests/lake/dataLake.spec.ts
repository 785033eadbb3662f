import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { DataLake } from "../../components/lake/dataLake";
import { compileEventSchema } from "../../contracts/event/compile";
import { readEventContract } from "../../contracts/event/workloads";
import { SHAPES } from "../contracts/event/vectors/shapes";
import {
  at,
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const contract = readEventContract("sentiment");

const KEY = "arn:aws:kms:us-east-1:123456789012:key/lake-key";

const plain = lakeConfigSchema.parse({
  protect: false,
  deleteContents: true,
  firstDay: "2026-01-01",
});
const keyed = lakeConfigSchema.parse({ encryption: "customerManaged", firstDay: "2026-01-01" });

describe("DataLake", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  async function lake(config = plain): Promise<DataLake> {
    const made = new DataLake("lake", { ...config, contract });
    await settled();
    return made;
  }

  it("says where events and refused records are, in Spark's words", async () => {
    const { eventsUri, quarantineUri, database, table } = await lake();
    expect(await valueOf(eventsUri)).to.equal("s3a://lake-1a2b3c4/events");
    expect(await valueOf(quarantineUri)).to.equal("s3a://lake-1a2b3c4/events/status=quarantined");
    expect(await valueOf(database)).to.equal("streaming_ml_test");
    expect(await valueOf(table)).to.equal("events");
  });

  it("makes both buckets private, versioned and owned by this account alone", async () => {
    await lake();
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
    await lake(plain);
    expect(find(registered, "aws:s3/bucket:Bucket", "lake").inputs).to.deep.equal({
      forceDestroy: true,
    });
    registered = await mockStack("test");
    await lake(keyed);
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
    await lake(plain);
    expect(
      guarded.map(([type, name]) => find(registered, type, name).options.protect),
    ).to.not.include(true);
    registered = await mockStack("test");
    await lake(keyed);
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
    await lake(plain);
    expect(encryption("lake")).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    registered = await mockStack("test");
    await lake(keyed);
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
    await lake(keyed);
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
    await lake(plain);
    expect(bucketPolicy().map(({ Sid }) => Sid)).to.deep.equal(["DenyPlainHttp"]);
  });

  const SECRET = "aws:secretsmanager/secret:Secret";
  const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

  it("names the secrets of its keys, and the version that quarantine is encrypted with", async () => {
    const { userKeySecretArn, quarantineKeySecretArn, quarantineKeyVersionId } = await lake();
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret";
    expect(await valueOf(userKeySecretArn)).to.equal(`${secret}:lake-user-key-v1`);
    expect(await valueOf(quarantineKeySecretArn)).to.equal(`${secret}:lake-quarantine-key-v1`);
    expect(await valueOf(quarantineKeyVersionId)).to.equal("lake-quarantine-key-v1-id-of-version");
  });

  for (const key of ["lake-user-key", "lake-quarantine-key"]) {
    it(`keeps ${key} secret, also in the state, and never replaces it by itself`, async () => {
      await lake();
      const { inputs, options } = find(registered, VERSION, `${key}-v1`);
      expect(inputs.secretId).to.equal(`${key}-id`);
      expect(Buffer.from(inputs.secretString as string, "base64")).to.have.length(32);
      expect(options.secrets).to.deep.equal(["secretString"]);
      expect(options.ignoreChanges).to.deep.equal(["secretString"]);
    });

    it(`encrypts ${key} with the stack's own key, where it has one`, async () => {
      await lake(plain);
      expect(find(registered, SECRET, key).inputs).to.have.all.keys(
        "description",
        "recoveryWindowInDays",
      );
      expect(find(registered, SECRET, key).inputs.recoveryWindowInDays).to.equal(0);
      registered = await mockStack("test");
      await lake(keyed);
      expect(find(registered, SECRET, key).inputs).to.include({
        kmsKeyId: KEY,
        recoveryWindowInDays: 30,
      });
    });
  }

  it("has two different keys", async () => {
    await lake();
    const value = (key: string) => find(registered, VERSION, `${key}-v1`).inputs.secretString;
    expect(value("lake-user-key")).to.not.equal(value("lake-quarantine-key"));
  });

  it("gives a new version of a key a name of its own", async () => {
    await lake(
      lakeConfigSchema.parse({
        firstDay: "2026-01-01",
        userKeyVersion: 2,
        quarantineKeyVersion: 3,
      }),
    );
    expect(namesOf(registered, VERSION)).to.have.members([
      "lake-user-key-v2",
      "lake-quarantine-key-v3",
    ]);
  });

  it("leaves older keys of the quarantine in place: what they encrypted is still there", async () => {
    await lake();
    const retained = (key: string) => find(registered, VERSION, `${key}-v1`).options.retainOnDelete;
    expect(retained("lake-quarantine-key")).to.equal(true);
    expect(retained("lake-user-key")).to.not.equal(true);
  });

  it("lets Athena find a partition from the query alone", async () => {
    await lake();
    const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", "lake-events");
    expect(inputs.parameters).to.include({
      "projection.enabled": "true",
      "projection.status.values": "valid,quarantined",
      "projection.dt.range": "2026-01-01,NOW",
      "projection.hour.digits": "2",
      "storage.location.template":
        "s3://lake-1a2b3c4/events/status=${status}/dt=${dt}/hour=${hour}",
    });
    expect((inputs.partitionKeys as { name: string }[]).map(({ name }) => name)).to.deep.equal([
      "status",
      "dt",
      "hour",
    ]);
    const projected = Object.keys(inputs.parameters as object).filter((key) =>
      key.endsWith(".type"),
    );
    expect(projected).to.have.length(3);
  });

  it("gives the tables the columns of the events, and says what they are", async () => {
    await lake();
    const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", "lake-events");
    expect(inputs.description).to.equal(
      "Social posts from the data stream: valid ones and, with their reason, refused ones",
    );
    expect((inputs.storageDescriptor as { columns: object[] }).columns).to.deep.equal([
      { name: "event_id", type: "string" },
      { name: "user_key", type: "string" },
      { name: "text", type: "string" },
      { name: "created_at", type: "timestamp" },
      { name: "lang", type: "string" },
      { name: "source", type: "string" },
      { name: "label", type: "string" },
      { name: "key_version", type: "string" },
      { name: "arrival_time", type: "timestamp" },
      { name: "partition_key", type: "string" },
      { name: "sequence_number", type: "string" },
      { name: "batch_time", type: "timestamp" },
      { name: "raw", type: "binary" },
      { name: "reason", type: "string" },
      { name: "reason_field", type: "string" },
    ]);
  });

  it("knows no event by name: another contract gives other columns", async () => {
    const shapes = compileEventSchema("shapes", "shapes.ts", JSON.stringify(SHAPES));
    new DataLake("lake", { ...plain, contract: shapes });
    await settled();
    const table = (name: string) => {
      const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", name);
      const { columns } = inputs.storageDescriptor as { columns: { name: string; type: string }[] };
      return [
        inputs.description,
        ...columns.slice(0, 13).map(({ name: column, type }) => `${column} ${type}`),
      ];
    };
    const own = [
      "box_key string",
      "site_number bigint",
      "site_place_north double",
      "site_place_note string",
      "seen timestamp",
      "day timestamp",
      "levels array<double>",
      "tags array<string>",
      "friends_key array<string>",
      "flags array<boolean>",
      "kind string",
      "total bigint",
      "weight double",
    ];
    expect(table("lake-events")).to.deep.equal([
      "Shapes from the data stream: valid ones and, with their reason, refused ones",
      ...own,
    ]);
    expect(table("lake-history")).to.deep.equal([
      "Shapes of closed hours, valid ones only, in few large files",
      ...own,
    ]);
  });

  it("lies elsewhere, under other names, in every further version", async () => {
    const made = await lake({ ...plain, version: 3 });
    const { eventsUri, quarantineUri, historyUri, table, historyTable } = made;
    expect([
      await valueOf(eventsUri),
      await valueOf(quarantineUri),
      await valueOf(historyUri),
      await valueOf(table),
      await valueOf(historyTable),
    ]).to.deep.equal([
      "s3a://lake-1a2b3c4/events-v3",
      "s3a://lake-1a2b3c4/events-v3/status=quarantined",
      "s3a://lake-1a2b3c4/history-v3",
      "events_v3",
      "history_v3",
    ]);
    const CATALOG_TABLE = "aws:glue/catalogTable:CatalogTable";
    const places = (name: string) => {
      const { parameters, storageDescriptor } = find(registered, CATALOG_TABLE, name).inputs;
      return [
        at(storageDescriptor, "location"),
        (parameters as Record<string, unknown>)["storage.location.template"],
      ];
    };
    expect(places("lake-events")).to.deep.equal([
      "s3://lake-1a2b3c4/events-v3/",
      "s3://lake-1a2b3c4/events-v3/status=${status}/dt=${dt}/hour=${hour}",
    ]);
    expect(places("lake-history")).to.deep.equal([
      "s3://lake-1a2b3c4/history-v3/manifests/",
      "s3://lake-1a2b3c4/history-v3/manifests/dt=${dt}/hour=${hour}",
    ]);
  });

  it("lets Athena read history from the lists of its files", async () => {
    const { historyUri, historyTable } = await lake();
    expect(await valueOf(historyUri)).to.equal("s3a://lake-1a2b3c4/history");
    expect(await valueOf(historyTable)).to.equal("history");
    const { inputs } = find(registered, "aws:glue/catalogTable:CatalogTable", "lake-history");
    expect(inputs.parameters).to.deep.equal({
      EXTERNAL: "TRUE",
      classification: "parquet",
      "projection.enabled": "true",
      "projection.dt.type": "date",
      "projection.dt.format": "yyyy-MM-dd",
      "projection.dt.range": "2026-01-01,NOW",
      "projection.hour.type": "integer",
      "projection.hour.range": "0,23",
      "projection.hour.digits": "2",
      "storage.location.template": "s3://lake-1a2b3c4/history/manifests/dt=${dt}/hour=${hour}",
    });
    expect((inputs.partitionKeys as { name: string }[]).map(({ name }) => name)).to.deep.equal([
      "dt",
      "hour",
    ]);
    const { location, columns, inputFormat, outputFormat } = inputs.storageDescriptor as {
      location: string;
      columns: object[];
      inputFormat: string;
      outputFormat: string;
    };
    expect(location).to.equal("s3://lake-1a2b3c4/history/manifests/");
    expect(inputFormat).to.equal("org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat");
    expect(outputFormat).to.equal("org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat");
    expect(inputs.description).to.equal(
      "Social posts of closed hours, valid ones only, in few large files",
    );
    expect(columns).to.deep.equal([
      ...contract.compiled.columns.filter(
        ({ name }) => !["raw", "reason", "reason_field"].includes(name),
      ),
      { name: "batch", type: "string" },
    ]);
  });

  it("logs who read or wrote what, where S3's logging service alone writes", async () => {
    await lake(keyed);
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
