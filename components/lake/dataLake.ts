import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { LAKE_PREFIXES } from "../../contracts/bucketLayout";
import type { ContractArgs } from "../shared/contractArgs";
import type { NamedRole } from "../shared/iam";
import { completeArgs } from "../shared/settings";
import { createAccessLogs } from "./accessLogs";
import { createCatalogue } from "./catalogue";
import { lakeConfigSchema, type LakeSettings } from "./config";
import { artifactLifecycle, lakeLifecycle } from "./lifecycle";
import { QueryWorkgroup } from "./queryWorkgroup";
import { SecretKey } from "./secretKey";
import { StorageBucket } from "./storageBucket";
import {
  type LakePlaces,
  lakePlaces,
  lakePlacesUpTo,
  manifestsPrefix,
  quarantinePrefix,
  validPrefix,
} from "./versions";

export interface DataLakeArgs extends LakeSettings {
  /** The event contract. */
  readonly contract: ContractArgs;
}

/**
 * All storage: the lake bucket (events, their history, training sets, captured requests), the artifact bucket (code,
 * checkpoints, models, logs), their access logs, the Athena tables, the key that turns ids into pseudonyms, and the key
 * that encrypts refused records.
 */
export class DataLake extends pulumi.ComponentResource {
  public readonly lakeBucket: StorageBucket;
  public readonly artifactBucket: StorageBucket;
  /** `s3a://` address of the events. */
  public readonly eventsUri: pulumi.Output<string>;
  /** `s3a://` address of the refused records. */
  public readonly quarantineUri: pulumi.Output<string>;
  /** `s3a://` address of the compacted files of past hours. */
  public readonly historyUri: pulumi.Output<string>;
  /** Glue database and tables, for Athena. */
  public readonly database: pulumi.Output<string>;
  public readonly table: pulumi.Output<string>;
  public readonly historyTable: pulumi.Output<string>;
  /** Athena workgroup for valid events. */
  public readonly queries: QueryWorkgroup;
  /** Athena workgroup for refused records: its results are just as private. */
  public readonly quarantineQueries: QueryWorkgroup;
  /** Secret with the key of the pseudonyms; known once it has a value. */
  public readonly userKeySecretArn: pulumi.Output<string>;
  /** Secret with the key of the quarantine, and the id of the version that the job encrypts with. */
  public readonly quarantineKeySecretArn: pulumi.Output<string>;
  public readonly quarantineKeyVersionId: pulumi.Output<string>;
  /** The customer managed key, if the lake has one. */
  public readonly key?: aws.kms.Key;
  private readonly logicalName: string;
  /** Prefixes and tables of this version of the lake and of all earlier ones. */
  private readonly places: readonly LakePlaces[];
  private readonly userKey: SecretKey;
  private readonly quarantineKey: SecretKey;

  constructor(name: string, given: DataLakeArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs("DataLake", name, lakeConfigSchema, given, "contract");
    super("streaming-ml:lake:DataLake", name, {}, opts);
    this.logicalName = name;
    this.places = lakePlacesUpTo(args.version);
    if (args.encryption === "customerManaged") {
      this.key = new aws.kms.Key(
        `${name}-key`,
        {
          description: "Encrypts the lake, its artifacts and the secret keys of the job",
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
      { ...bucket, lifecycle: lakeLifecycle(args) },
      { parent: this },
    );
    this.artifactBucket = new StorageBucket(
      `${name}-artifacts`,
      { ...bucket, lifecycle: artifactLifecycle(args.retention) },
      { parent: this },
    );
    createAccessLogs(
      name,
      { protect: args.protect, deleteContents: args.deleteContents },
      { lake: this.lakeBucket, artifacts: this.artifactBucket },
      this,
    );
    const places = lakePlaces(args.version);
    this.eventsUri = this.lakeBucket.sparkUri(places.eventsPrefix);
    this.quarantineUri = this.lakeBucket.sparkUri(quarantinePrefix(places));
    this.historyUri = this.lakeBucket.sparkUri(places.historyPrefix);
    const tables = createCatalogue(
      name,
      {
        events: this.lakeBucket.uri(places.eventsPrefix),
        manifests: this.lakeBucket.uri(manifestsPrefix(places)),
        eventsTable: places.eventsTable,
        historyTable: places.historyTable,
        firstDay: args.firstDay,
        contract: args.contract,
      },
      this,
    );
    this.database = tables.events.databaseName;
    this.table = tables.events.name;
    this.historyTable = tables.history.name;
    const queries = {
      bucket: this.lakeBucket,
      key: this.key,
      catalogue: tables,
      maxScannedGigabytes: args.queries.maxScannedGigabytes,
    };
    this.queries = new QueryWorkgroup(this, `${name}-queries`, {
      ...queries,
      description: "Queries of valid events and their history",
      resultsPrefix: LAKE_PREFIXES.queryResults,
    });
    this.quarantineQueries = new QueryWorkgroup(this, `${name}-quarantine-queries`, {
      ...queries,
      description: "Queries of refused records",
      resultsPrefix: LAKE_PREFIXES.quarantineQueryResults,
    });
    const secret = { kmsKey: this.key, protect: args.protect };
    this.userKey = new SecretKey(this, `${name}-user-key`, {
      ...secret,
      description: "Key of the HMAC that turns ids into pseudonyms",
      version: args.userKeyVersion,
    });
    this.quarantineKey = new SecretKey(this, `${name}-quarantine-key`, {
      ...secret,
      description: "Key that encrypts what refused records hold",
      version: args.quarantineKeyVersion,
      keepVersions: true,
    });
    this.userKeySecretArn = this.userKey.arn;
    this.quarantineKeySecretArn = this.quarantineKey.arn;
    this.quarantineKeyVersionId = this.quarantineKey.versionId;
    this.registerOutputs({
      lakeBucket: this.lakeBucket.name,
      artifactBucket: this.artifactBucket.name,
      eventsUri: this.eventsUri,
      database: this.database,
      table: this.table,
      historyTable: this.historyTable,
      userKeySecretArn: this.userKeySecretArn,
      quarantineKeySecretArn: this.quarantineKeySecretArn,
    });
  }

  /** Lets a role write events and their history, those of earlier versions too: see {@link lakePlacesUpTo}. */
  public grantWriteEvents(name: string, role: NamedRole): aws.iam.RolePolicy[] {
    return [
      this.lakeBucket.grantWrite(`${name}-events`, role, ...this.eventsPrefixes()),
      this.lakeBucket.grantWrite(`${name}-history`, role, ...this.historyPrefixes()),
    ];
  }

  /** Lets a role read valid events and their history, of all versions of the lake, but no refused records. */
  public grantReadEvents(name: string, role: NamedRole): aws.iam.RolePolicy[] {
    return [
      this.lakeBucket.grantRead(`${name}-valid`, role, ...this.places.map(validPrefix)),
      this.lakeBucket.grantRead(`${name}-history`, role, ...this.historyPrefixes()),
    ];
  }

  /** Lets a role see why, when and where records were refused. Their contents stay encrypted. */
  public grantReadReasons(name: string, role: NamedRole): aws.iam.RolePolicy {
    return this.lakeBucket.grantRead(
      `${name}-quarantine`,
      role,
      ...this.places.map(quarantinePrefix),
    );
  }

  /**
   * Lets a role read refused records and decrypt them. They may hold anything, also personal data; without the key only
   * reasons and times are readable.
   */
  public grantReadQuarantine(name: string, role: NamedRole): aws.iam.RolePolicy[] {
    return [this.grantReadReasons(name, role), this.grantQuarantineKey(name, role)];
  }

  /** Lets a role read the key of the quarantine. Of the jobs only the streaming job needs it. */
  public grantQuarantineKey(name: string, role: NamedRole): aws.iam.RolePolicy {
    const policy = `${this.logicalName}-${name}-quarantine-key`;
    return this.quarantineKey.grantRead(policy, role, "ReadQuarantineKey");
  }

  /** Lets a role read the key of the pseudonyms. Only the streaming job needs it. */
  public grantUserKey(name: string, role: NamedRole): aws.iam.RolePolicy {
    return this.userKey.grantRead(`${this.logicalName}-${name}-user-key`, role, "ReadUserKey");
  }
  private eventsPrefixes(): string[] {
    return this.places.map(({ eventsPrefix }) => eventsPrefix);
  }

  private historyPrefixes(): string[] {
    return this.places.map(({ historyPrefix }) => historyPrefix);
  }
}
