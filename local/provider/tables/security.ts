import {
  terraform,
  terraformUnread,
  alphanumericId,
  arn,
  globalArn,
  idFrom,
  idJoined,
  replacedOn,
  replacedOnAllBut,
  uuid,
  type ResourceTable,
} from "../resourceType";
import { text } from "../wire";

/** IAM, KMS and Secrets Manager. */
export const securityTypes: ResourceTable = {
  "aws:iam/role:Role": {
    identify: idFrom("name"),
    outputs: (inputs, id, place) => ({
      arn: globalArn(place, "iam", `role${text(inputs.path) || "/"}${id}`),
      createDate: "2026-01-01T00:00:00Z",
      uniqueId: `AROA${alphanumericId(17).toUpperCase()}`,
    }),
    replacement: replacedOn(terraformUnread("iam/role.go"), "name", "namePrefix", "path"),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    identify: idJoined(":", "role", "name"),
    replacement: replacedOn(terraformUnread("iam/role_policy.go"), "name", "namePrefix", "role"),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    identify: idJoined("/", "role", "policyArn"),
    replacement: replacedOn(terraformUnread("iam/role_policy_attachment.go"), "role", "policyArn"),
  },
  "aws:iam/policy:Policy": {
    identify: (inputs, place) =>
      globalArn(place, "iam", `policy${text(inputs.path) || "/"}${text(inputs.name)}`),
    outputs: (_inputs, id) => ({
      arn: id,
      attachmentCount: 0,
      policyId: `ANPA${alphanumericId(17).toUpperCase()}`,
    }),
    replacement: replacedOn(
      terraformUnread("iam/policy.go"),
      "name",
      "namePrefix",
      "path",
      "description",
    ),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    identify: idFrom("name"),
    outputs: (inputs, id, place) => ({
      arn: globalArn(place, "iam", `instance-profile${text(inputs.path) || "/"}${id}`),
      createDate: "2026-01-01T00:00:00Z",
      uniqueId: `AIPA${alphanumericId(17).toUpperCase()}`,
    }),
    replacement: replacedOn(
      terraformUnread("iam/instance_profile.go"),
      "name",
      "namePrefix",
      "path",
    ),
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    identify: (inputs, place) =>
      globalArn(place, "iam", `role/aws-service-role/${text(inputs.awsServiceName)}`),
    outputs: (_inputs, id) => ({ arn: id, name: id.split("/").at(-1) }),
    replacement: replacedOn(
      terraformUnread("iam/service_linked_role.go"),
      "awsServiceName",
      "customSuffix",
    ),
  },
  "aws:kms/key:Key": {
    identify: uuid,
    outputs: (_inputs, id, place) => ({ arn: arn(place, "kms", `key/${id}`), keyId: id }),
    replacement: replacedOn(
      terraform("kms/key.go"),
      "customKeyStoreId",
      "customerMasterKeySpec",
      "keyUsage",
      "multiRegion",
      "xksKeyId",
    ),
  },
  "aws:kms/grant:Grant": {
    identify: (inputs) => `${text(inputs.keyId)}:${uuid()}`,
    outputs: (_inputs, id) => ({ grantId: id.split(":").at(-1) }),
    replacement: replacedOn(
      terraformUnread("kms/grant.go"),
      "constraints",
      "grantCreationTokens",
      "granteePrincipal",
      "keyId",
      "name",
      "operations",
      "retiringPrincipal",
    ),
  },
  "aws:kms/alias:Alias": {
    identify: idFrom("name"),
    outputs: (inputs, id, place) => ({
      arn: arn(place, "kms", id),
      targetKeyArn: arn(place, "kms", `key/${text(inputs.targetKeyId).split("/").at(-1)}`),
    }),
    refreshedOutputs: ["targetKeyArn"],
    replacement: replacedOn(terraformUnread("kms/alias.go"), "name", "namePrefix"),
  },
  "aws:secretsmanager/secret:Secret": {
    identify: (inputs, place) =>
      arn(place, "secretsmanager", `secret:${text(inputs.name)}-${alphanumericId(6)}`),
    outputs: (_inputs, id) => ({ arn: id }),
    replacement: replacedOn(terraform("secretsmanager/secret.go"), "name", "namePrefix"),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    identify: (inputs) => `${text(inputs.secretId)}|${uuid()}`,
    outputs: (inputs, id) => ({
      arn: text(inputs.secretId),
      versionId: id.split("|").at(-1),
    }),
    replacement: replacedOnAllBut(
      terraform("secretsmanager/secret_version.go"),
      "versionStages",
      "secretStringWo",
    ),
  },
};
