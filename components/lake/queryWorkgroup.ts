import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { grant, type NamedRole } from "../shared/iam";
import type { Catalogue } from "./catalogue";
import type { StorageBucket } from "./storageBucket";

export interface QueryWorkgroupArgs {
  readonly description: string;
  /** Bucket of the tables' data and the results. */
  readonly bucket: StorageBucket;
  /** Customer managed key of the bucket. Absent: S3 managed keys. */
  readonly key?: aws.kms.Key;
  /** Prefix of the results, without a trailing slash. Everybody who uses the workgroup can read all of them. */
  readonly resultsPrefix: string;
  readonly catalogue: Catalogue;
  /** Gigabytes (10^9 bytes) scanned at which Athena cancels a query. */
  readonly maxScannedGigabytes: number;
}

const BYTES_PER_GIGABYTE = 1_000_000_000;

/**
 * An Athena workgroup whose settings override the client's: encrypted results under one prefix, a limit on the data
 * that a query scans, metrics. Not a component: its resources are children of `owner`, like those of a secret key.
 */
export class QueryWorkgroup {
  /** Physical name, and `s3://` address of the results. */
  public readonly outputs: {
    readonly workgroup: pulumi.Output<string>;
    readonly resultsUri: pulumi.Output<string>;
  };
  private readonly workgroup: aws.athena.Workgroup;

  constructor(
    private readonly owner: pulumi.ComponentResource,
    private readonly logicalName: string,
    private readonly args: QueryWorkgroupArgs,
  ) {
    const resultsUri = args.bucket.uri(`${args.resultsPrefix}/`);
    this.workgroup = new aws.athena.Workgroup(
      logicalName,
      {
        description: args.description,
        // Query history is no data; without this Athena refuses to delete a workgroup that was used.
        forceDestroy: true,
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: args.maxScannedGigabytes * BYTES_PER_GIGABYTE,
          resultConfiguration: {
            outputLocation: resultsUri,
            encryptionConfiguration:
              args.key === undefined
                ? { encryptionOption: "SSE_S3" }
                : { encryptionOption: "SSE_KMS", kmsKeyArn: args.key.arn },
          },
        },
      },
      { parent: owner },
    );
    this.outputs = { workgroup: this.workgroup.name, resultsUri };
  }

  /**
   * Lets a role run queries in this workgroup only. The tables' data needs permissions of its own: Athena reads S3 as
   * the caller (Athena user guide, "Configure access to databases and tables in the AWS Glue Data Catalog").
   */
  public grantQuery(name: string, role: NamedRole): aws.iam.RolePolicy {
    const { bucket, key, resultsPrefix, catalogue } = this.args;
    const database = catalogue.database.arn;
    const catalog = database.apply((known) => known.replace(/:database\/.*$/, ":catalog"));
    const results = pulumi.interpolate`${bucket.arn}/${resultsPrefix}/*`;
    return grant(this.owner, `${this.logicalName}-${name}`, role, [
      {
        Sid: "Query",
        Action: [
          "athena:GetQueryExecution",
          "athena:GetQueryResults",
          "athena:GetWorkGroup",
          "athena:StartQueryExecution",
          "athena:StopQueryExecution",
        ],
        Resource: this.workgroup.arn,
      },
      {
        Sid: "ReadTables",
        Action: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable"],
        Resource: [catalog, database, catalogue.events.arn, catalogue.history.arn],
      },
      {
        // Athena also reads the database "default" for every query (the same page).
        Sid: "FindDefaultDatabase",
        Action: "glue:GetDatabase",
        Resource: [
          catalog,
          catalog.apply((known) => known.replace(/:catalog$/, ":database/default")),
        ],
      },
      // These two actions do not support s3:prefix.
      {
        Sid: "FindBucket",
        Action: ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
        Resource: bucket.arn,
      },
      {
        Sid: "ListResults",
        Action: "s3:ListBucket",
        Resource: bucket.arn,
        Condition: { StringLike: { "s3:prefix": `${resultsPrefix}/*` } },
      },
      {
        Sid: "KeepResults",
        Action: [
          "s3:AbortMultipartUpload",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        Resource: results,
      },
      ...(key === undefined
        ? []
        : [{ Sid: "UseKey", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key.arn }]),
    ]);
  }
}
