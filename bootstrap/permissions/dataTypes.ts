import { because, type PermissionTable, PROVIDER } from "./permissionRow";

/** A setting of a bucket that is a resource of its own. */
const setting = (...actions: string[]) => ({ also: [because(PROVIDER, ...actions)] });

/** What is stored under the stack's own key is encrypted for whoever asks. */
const ENCRYPTED = because(
  "stored under the lake's key, where a stack has one",
  "kms:Decrypt",
  "kms:GenerateDataKey",
);

/** Stream, lake and keys. */
export const dataTypes: PermissionTable = {
  "aws:athena/workgroup:Workgroup": {
    cloudFormation: "AWS::Athena::WorkGroup",
    not: [because("results are read and written by who queries", "iam:*", "kms:*", "s3:*")],
  },
  "aws:glue/catalogDatabase:CatalogDatabase": {
    cloudFormation: "AWS::Glue::Database",
    also: [because(PROVIDER, "glue:GetTags", "glue:TagResource", "glue:UntagResource")],
    not: [
      because(
        "no database of another catalogue",
        "glue:CreateConnection",
        "glue:DeleteConnection",
        "glue:GetConnection",
        "glue:PassConnection",
        "glue:UpdateConnection",
      ),
      because("the tables are not registered with Lake Formation", "lakeformation:*"),
    ],
  },
  "aws:glue/catalogTable:CatalogTable": {
    cloudFormation: "AWS::Glue::Table",
    also: [because(PROVIDER, "glue:GetPartitionIndexes")],
    not: [
      because(
        "no schema of a registry, no Iceberg table",
        "glue:GetSchemaVersion",
        "glue:PassConnection",
        "glue:UpdateDatabase",
        "iam:*",
        "s3:*",
      ),
      because("the tables are not registered with Lake Formation", "lakeformation:*"),
    ],
  },
  "aws:kinesis/stream:Stream": {
    cloudFormation: "AWS::Kinesis::Stream",
    also: [
      because(PROVIDER, "kinesis:DescribeStream", "kinesis:ListShards"),
      because(
        "Kinesis developer guide, permissions to use user-generated KMS keys: stream administrators",
        "kms:DescribeKey",
      ),
    ],
    not: [
      because(
        "no stack asks for it",
        "kinesis:UpdateStreamRecordDistributionStrategy",
        "kinesis:UpdateStreamWarmThroughput",
      ),
    ],
  },
  "aws:kinesis/streamConsumer:StreamConsumer": { cloudFormation: "AWS::Kinesis::StreamConsumer" },
  "aws:kms/grant:Grant": setting(
    "kms:CreateGrant",
    "kms:ListGrants",
    "kms:RevokeGrant",
    "kms:RetireGrant",
  ),
  "aws:kms/key:Key": {
    cloudFormation: "AWS::KMS::Key",
    also: [because(PROVIDER, "kms:ListKeyPolicies")],
  },
  "aws:s3/bucket:Bucket": {
    also: [
      because(
        "the provider reads every setting of a bucket, whoever sets it (s3/bucket.go)",
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl",
        "s3:GetBucketCORS",
        "s3:GetBucketLocation",
        "s3:GetBucketLogging",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketPolicy",
        "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:ListTagsForResource",
      ),
      because(PROVIDER, "s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"),
      because("the newer interface of tags", "s3:TagResource", "s3:UntagResource"),
      because(
        "a destroy empties a bucket where lake.deleteContents says so",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:ListBucketVersions",
      ),
    ],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
    "s3:GetLifecycleConfiguration",
    "s3:PutLifecycleConfiguration",
  ),
  "aws:s3/bucketLogging:BucketLogging": setting("s3:GetBucketLogging", "s3:PutBucketLogging"),
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    also: [
      ENCRYPTED,
      because(
        PROVIDER,
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:GetObject",
        "s3:GetObjectTagging",
        "s3:ListBucketVersions",
        "s3:PutObject",
        "s3:PutObjectTagging",
      ),
    ],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
    "s3:GetBucketOwnershipControls",
    "s3:PutBucketOwnershipControls",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": { cloudFormation: "AWS::S3::BucketPolicy" },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting(
    "s3:GetBucketPublicAccessBlock",
    "s3:PutBucketPublicAccessBlock",
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
    "s3:GetEncryptionConfiguration",
    "s3:PutEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": setting(
    "s3:GetBucketVersioning",
    "s3:PutBucketVersioning",
  ),
  "aws:secretsmanager/secret:Secret": {
    cloudFormation: "AWS::SecretsManager::Secret",
    also: [
      because(PROVIDER, "secretsmanager:GetResourcePolicy"),
      because(
        "Secrets Manager API reference, CreateSecret and UpdateSecret: under a key of the stack's, and under another one",
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
      ),
    ],
    not: [
      because(
        "keys are made by Pulumi and kept in one region",
        "secretsmanager:GetRandomPassword",
        "secretsmanager:RemoveRegionsFromReplication",
        "secretsmanager:ReplicateSecretToRegions",
      ),
    ],
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    also: [
      ENCRYPTED,
      because(
        PROVIDER,
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:ListSecretVersionIds",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ),
    ],
  },
};
