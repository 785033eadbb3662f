import { at, companions, parsed, type Rule } from "../rule";

/** What holds posts, models or words about them is encrypted at rest. */
export const encrypted: Rule = {
  name: "encrypted",
  description: "Data is encrypted at rest, and own keys are rotated.",
  scope: "stack",
  check(resource, stack) {
    const { type, inputs } = resource;
    switch (type) {
      case "aws:kinesis/stream:Stream":
        return inputs.encryptionType === "KMS"
          ? []
          : ['is not encrypted: set encryptionType to "KMS"'];
      case "aws:s3/bucket:Bucket":
        return companions(
          resource,
          stack,
          "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        ).length > 0
          ? []
          : ["has no BucketServerSideEncryptionConfiguration"];
      case "aws:athena/workgroup:Workgroup":
        return at(
          inputs,
          "configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
        ) !== undefined && at(inputs, "configuration.enforceWorkgroupConfiguration") === true
          ? []
          : [
              "leaves the results of queries as the client wants them: set encryptionConfiguration and " +
                "enforceWorkgroupConfiguration",
            ];
      case "aws:sns/topic:Topic":
        return inputs.kmsMasterKeyId === undefined ? ["is not encrypted: set kmsMasterKeyId"] : [];
      case "aws:sqs/queue:Queue":
        return inputs.sqsManagedSseEnabled === true || inputs.kmsMasterKeyId !== undefined
          ? []
          : ["is not encrypted: set sqsManagedSseEnabled to true"];
      case "aws:kms/key:Key":
        return inputs.enableKeyRotation === true
          ? []
          : ["is not rotated: set enableKeyRotation to true"];
      case "aws:emr/securityConfiguration:SecurityConfiguration":
        return at(
          parsed(inputs.configuration),
          "EncryptionConfiguration.EnableAtRestEncryption",
        ) === true
          ? []
          : ["leaves the disks of the nodes unencrypted: set EnableAtRestEncryption to true"];
      default:
        return [];
    }
  },
};
