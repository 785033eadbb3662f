import {
  alphanumericId,
  arn,
  asCloudFormation,
  because,
  globalArn,
  idFrom,
  idJoined,
  replacedOn,
  replacedOnAllBut,
  type ResourceTable,
  terraform,
  terraformUnread,
  uuid,
} from "../resourceType";
import { text } from "../wire";

/** IAM, KMS and Secrets Manager. */
export const securityTypes: ResourceTable = {
  "aws:iam/role:Role": {
    identify: idFrom("name"),
    outputs: (inputs, id, location) => ({
      arn: globalArn(location, "iam", `role${text(inputs.path) || "/"}${id}`),
      createDate: "2026-01-01T00:00:00Z",
      uniqueId: `AROA${alphanumericId(17).toUpperCase()}`,
    }),
    replacement: asCloudFormation("AWS::IAM::Role"),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    identify: idJoined(":", "role", "name"),
    replacement: asCloudFormation("AWS::IAM::RolePolicy", {
      names: { name: "PolicyName", namePrefix: "PolicyName", role: "RoleName" },
    }),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    identify: idJoined("/", "role", "policyArn"),
    replacement: replacedOn(terraformUnread("iam/role_policy_attachment.go"), "role", "policyArn"),
  },
  "aws:iam/policy:Policy": {
    identify: (inputs, location) =>
      globalArn(location, "iam", `policy${text(inputs.path) || "/"}${text(inputs.name)}`),
    outputs: (_inputs, id) => ({
      arn: id,
      attachmentCount: 0,
      policyId: `ANPA${alphanumericId(17).toUpperCase()}`,
    }),
    replacement: asCloudFormation("AWS::IAM::ManagedPolicy"),
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    identify: (inputs, location) =>
      globalArn(location, "iam", `oidc-provider/${text(inputs.url).replace(/^https:\/\//, "")}`),
    outputs: (_inputs, id) => ({ arn: id }),
    replacement: asCloudFormation("AWS::IAM::OIDCProvider"),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    identify: idFrom("name"),
    outputs: (inputs, id, location) => ({
      arn: globalArn(location, "iam", `instance-profile${text(inputs.path) || "/"}${id}`),
      createDate: "2026-01-01T00:00:00Z",
      uniqueId: `AIPA${alphanumericId(17).toUpperCase()}`,
    }),
    replacement: asCloudFormation("AWS::IAM::InstanceProfile"),
  },
  "aws:kms/key:Key": {
    identify: uuid,
    outputs: (_inputs, id, location) => ({ arn: arn(location, "kms", `key/${id}`), keyId: id }),
    replacement: asCloudFormation("AWS::KMS::Key", {
      also: [
        because(
          "only CreateKey takes it; CloudFormation refuses the change",
          "keyUsage",
          "multiRegion",
          "customerMasterKeySpec",
          "customKeyStoreId",
          "xksKeyId",
        ),
      ],
    }),
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
    outputs: (inputs, id, location) => ({
      arn: arn(location, "kms", id),
      targetKeyArn: arn(location, "kms", `key/${text(inputs.targetKeyId).split("/").at(-1)}`),
    }),
    refreshedOutputs: ["targetKeyArn"],
    replacement: asCloudFormation("AWS::KMS::Alias"),
  },
  "aws:secretsmanager/secret:Secret": {
    identify: (inputs, location) =>
      arn(location, "secretsmanager", `secret:${text(inputs.name)}-${alphanumericId(6)}`),
    outputs: (_inputs, id) => ({ arn: id }),
    replacement: asCloudFormation("AWS::SecretsManager::Secret"),
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
