import {
  arn,
  asCloudFormation,
  because,
  digest,
  idFrom,
  replacedOn,
  type ResourceTable,
  type ResourceType,
  terraform,
  terraformUnread,
} from "../resourceType";
import { text } from "../wire";

/** A setting of a bucket that is a resource of its own; its id is the name of the bucket. */
function bucketSetting(file: string): ResourceType {
  return {
    identify: idFrom("bucket"),
    replacement: replacedOn(terraformUnread(`s3/${file}`), "bucket", "expectedBucketOwner"),
  };
}

const bucket: ResourceType = {
  identify: idFrom("bucket"),
  outputs: (_inputs, id, location) => ({
    arn: `arn:${location.partition}:s3:::${id}`,
    bucketDomainName: `${id}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${id}.s3.${location.region}.amazonaws.com`,
    bucketRegion: location.region,
    hostedZoneId: "Z3AQBSTGFYJSTF",
  }),
  replacement: asCloudFormation("AWS::S3::Bucket", {
    names: { bucket: "BucketName", bucketPrefix: "BucketNamePrefix" },
    also: [
      because(
        "S3 can switch it on later; the provider makes a new bucket (s3/bucket.go)",
        "objectLockEnabled",
      ),
    ],
  }),
};

const object: ResourceType = {
  identify: idFrom("key"),
  outputs: (inputs, id, location) => ({
    arn: `arn:${location.partition}:s3:::${text(inputs.bucket)}/${id}`,
    etag: digest(JSON.stringify(inputs.source ?? inputs.content ?? ""), 32),
    versionId: "null",
  }),
  refreshedOutputs: ["etag"],
  replacement: replacedOn(terraform("s3/object.go"), "bucket", "key"),
};

/** Buckets, their settings, objects, and the Glue catalog over them. */
export const lakeTypes: ResourceTable = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketObjectv2:BucketObjectv2": object,
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting("bucket_policy.go"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting(
    "bucket_public_access_block.go",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("bucket_versioning.go"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting("bucket_server_side_encryption_configuration.go"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting(
    "bucket_lifecycle_configuration.go",
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting(
    "bucket_ownership_controls.go",
  ),
  "aws:s3/bucketLogging:BucketLogging": bucketSetting("bucket_logging.go"),
  "aws:glue/catalogDatabase:CatalogDatabase": {
    identify: (inputs, location) =>
      `${text(inputs.catalogId) || location.accountId}:${text(inputs.name)}`,
    outputs: (inputs, _id, location) => ({
      arn: arn(location, "glue", `database/${text(inputs.name)}`),
      catalogId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::Glue::Database", {
      also: [because("another catalogue is another database", "catalogId")],
    }),
  },
  "aws:glue/catalogTable:CatalogTable": {
    identify: (inputs, location) =>
      [text(inputs.catalogId) || location.accountId, inputs.databaseName, inputs.name]
        .map(text)
        .join(":"),
    outputs: (inputs, _id, location) => ({
      arn: arn(location, "glue", `table/${text(inputs.databaseName)}/${text(inputs.name)}`),
      catalogId: location.accountId,
    }),
    replacement: asCloudFormation("AWS::Glue::Table", {
      also: [
        because(
          "only CreateTable takes it",
          "partitionIndices",
          "openTableFormatInput.icebergInput.metadataOperation",
          "openTableFormatInput.icebergInput.version",
        ),
      ],
    }),
  },
  "aws:athena/workgroup:Workgroup": {
    identify: idFrom("name"),
    outputs: (_inputs, id, location) => ({ arn: arn(location, "athena", `workgroup/${id}`) }),
    replacement: asCloudFormation("AWS::Athena::WorkGroup"),
  },
};
