import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { randomBytes } from "node:crypto";

import { grant } from "../shared/iam";
import type { LakeConfig } from "./config";
import { EVENT_COLUMNS, PARTITION_KEYS, projectionParameters } from "./eventsTable";
import { artifactLifecycle, lakeLifecycle } from "./lifecycle";
import { StorageBucket } from "./storageBucket";

export type DataLakeArgs = LakeConfig;

/** Prefix of the events, valid and quarantined, in the lake bucket. */
export const EVENTS_PREFIX = "events";

/** Bytes of the key of the pseudonyms: as much as HMAC-SHA-256 makes use of. */
const USER_KEY_BYTES = 32;

const PARQUET = {
  inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
  serDeInfo: {
    serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  },
} as const;

/**
 * Where everything lands: the lake bucket (events, training sets, captured requests), the artifact bucket (code,
 * checkpoints, models, logs), the table Athena reads, and the key that turns user ids into pseudonyms.
 */
export class DataLake extends pulumi.ComponentResource {
  public readonly lakeBucket: StorageBucket;
  public readonly artifactBucket: StorageBucket;
  /** `s3a://` address of the events. */
  public readonly eventsUri: pulumi.Output<string>;
  /** `s3a://` address of the refused records. */
  public readonly quarantineUri: pulumi.Output<string>;
  /** Glue database and table, for Athena. */
  public readonly database: pulumi.Output<string>;
  public readonly table: pulumi.Output<string>;
  /** Secret that holds the key of the pseudonyms; known once it has a value. */
  public readonly userKeySecretArn: pulumi.Output<string>;
  /** The customer key, when the lake has one. */
  public readonly key?: aws.kms.Key;
  private readonly logicalName: string;

  constructor(name: string, args: DataLakeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:lake:DataLake", name, {}, opts);
    this.logicalName = name;
    if (args.encryption === "customerManaged") {
      this.key = new aws.kms.Key(
        `${name}-key`,
        {
          description: "Encrypts the lake, its artifacts and the key of the pseudonyms",
          enableKeyRotation: true,
          deletionWindowInDays: 30,
        },
        { parent: this, protect: args.protect },
      );
    }
    const bucket = {
      key: this.key,
      protect: args.protect,
      deleteContents: args.deleteContents,
    };
    this.lakeBucket = new StorageBucket(
      name,
      { ...bucket, lifecycle: lakeLifecycle(args.retention) },
      { parent: this },
    );
    this.artifactBucket = new StorageBucket(
      `${name}-artifacts`,
      { ...bucket, lifecycle: artifactLifecycle(args.retention) },
      { parent: this },
    );
    this.eventsUri = this.lakeBucket.sparkUri(EVENTS_PREFIX);
    this.quarantineUri = this.lakeBucket.sparkUri(`${EVENTS_PREFIX}/status=quarantined`);
    const table = createTable(name, this.lakeBucket.uri(EVENTS_PREFIX), args, this);
    this.database = table.databaseName;
    this.table = table.name;
    this.userKeySecretArn = createUserKey(name, args, this.key, this);
    this.registerOutputs({
      lakeBucket: this.lakeBucket.name,
      artifactBucket: this.artifactBucket.name,
      eventsUri: this.eventsUri,
      database: this.database,
      table: this.table,
      userKeySecretArn: this.userKeySecretArn,
    });
  }

  /** Lets a role read the key of the pseudonyms. Only the streaming job needs it. */
  public grantUserKey(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-user-key`, role, [
      {
        Sid: "ReadUserKey",
        Action: "secretsmanager:GetSecretValue",
        Resource: this.userKeySecretArn,
      },
      ...(this.key === undefined
        ? []
        : [{ Sid: "UseKey", Action: "kms:Decrypt", Resource: this.key.arn }]),
    ]);
  }
}

function createTable(
  name: string,
  location: pulumi.Output<string>,
  args: DataLakeArgs,
  parent: pulumi.Resource,
): aws.glue.CatalogTable {
  // Glue knows no hyphens that Athena would not ask to quote, so the names are given, not generated.
  const database = new aws.glue.CatalogDatabase(
    name,
    { name: `${pulumi.getProject()}_${pulumi.getStack()}`.replace(/[^a-z0-9_]/g, "_") },
    { parent },
  );
  return new aws.glue.CatalogTable(
    `${name}-events`,
    {
      databaseName: database.name,
      name: "events",
      description: "Posts from the data stream: valid ones and, with their reason, refused ones",
      tableType: "EXTERNAL_TABLE",
      parameters: location.apply((uri) => projectionParameters(uri, args.firstDay)),
      partitionKeys: PARTITION_KEYS.map((key) => ({ ...key })),
      storageDescriptor: {
        location: pulumi.interpolate`${location}/`,
        columns: EVENT_COLUMNS.map((column) => ({ ...column })),
        ...PARQUET,
      },
    },
    { parent },
  );
}

function createUserKey(
  name: string,
  args: DataLakeArgs,
  key: aws.kms.Key | undefined,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const secret = new aws.secretsmanager.Secret(
    `${name}-user-key`,
    {
      description: "Key of the HMAC that turns user ids into pseudonyms",
      ...(key === undefined ? {} : { kmsKeyId: key.arn }),
      // A lost key makes old and new pseudonyms of the same user differ for ever.
      recoveryWindowInDays: args.protect ? 30 : 0,
    },
    { parent, protect: args.protect },
  );
  const version = new aws.secretsmanager.SecretVersion(
    `${name}-user-key-v${args.userKeyVersion}`,
    {
      secretId: secret.id,
      secretString: pulumi.secret(randomBytes(USER_KEY_BYTES).toString("base64")),
    },
    // Every run of the program proposes a new value; only the one that created this version counts.
    { parent, ignoreChanges: ["secretString"], protect: args.protect },
  );
  return version.arn;
}
