"""IAM, KMS and Secrets Manager (terraform: iam/*.go, kms/key.go, secretsmanager/*.go)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.python.aws_models.requests.inputs import Inputs, Request, Resolver, request


def _role(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "iam",
        "CreateRole",
        RoleName=inputs["name"],
        Path=inputs["path"],
        Description=inputs["description"],
        AssumeRolePolicyDocument=inputs["assumeRolePolicy"],
        MaxSessionDuration=inputs["maxSessionDuration"],
        PermissionsBoundary=inputs["permissionsBoundary"],
        Tags=inputs.tag_list,
    )


def _role_policy(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "iam",
        "PutRolePolicy",
        RoleName=inputs["role"],
        PolicyName=inputs["name"],
        PolicyDocument=inputs["policy"],
    )


def _attachment(inputs: Inputs) -> Iterator[Request]:
    yield request("iam", "AttachRolePolicy", RoleName=inputs["role"], PolicyArn=inputs["policyArn"])


def _instance_profile(inputs: Inputs) -> Iterator[Request]:
    name = inputs["name"]
    yield request("iam", "CreateInstanceProfile", InstanceProfileName=name, Tags=inputs.tag_list)
    yield request(
        "iam", "AddRoleToInstanceProfile", InstanceProfileName=name, RoleName=inputs["role"]
    )


def _grant(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "kms",
        "CreateGrant",
        Name=inputs["name"],
        KeyId=inputs["keyId"],
        GranteePrincipal=inputs["granteePrincipal"],
        Operations=inputs["operations"],
    )


def _key(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("enableKeyRotation")
    yield request(
        "kms",
        "CreateKey",
        Description=inputs["description"],
        Policy=inputs["policy"],
        Tags=[{"TagKey": key, "TagValue": value} for key, value in inputs.tags.items()],
    )
    yield request(
        "kms",
        "ScheduleKeyDeletion",
        KeyId="00000000-0000-0000-0000-000000000000",
        PendingWindowInDays=inputs["deletionWindowInDays"],
    )


def _alias(inputs: Inputs) -> Iterator[Request]:
    yield request("kms", "CreateAlias", AliasName=inputs["name"], TargetKeyId=inputs["targetKeyId"])


def _secret(inputs: Inputs) -> Iterator[Request]:
    name = inputs["name"]
    yield request(
        "secretsmanager",
        "CreateSecret",
        Name=name,
        Description=inputs["description"],
        KmsKeyId=inputs["kmsKeyId"],
        Tags=inputs.tag_list,
    )
    days = inputs["recoveryWindowInDays"]
    yield request(
        "secretsmanager",
        "DeleteSecret",
        SecretId=name,
        RecoveryWindowInDays=days or None,
        ForceDeleteWithoutRecovery=True if days == 0 else None,
    )


def _secret_version(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "secretsmanager",
        "PutSecretValue",
        SecretId=inputs["secretId"],
        SecretString=inputs["secretString"],
    )


resolvers: dict[str, Resolver] = {
    "aws:iam/role:Role": _role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _attachment,
    "aws:iam/instanceProfile:InstanceProfile": _instance_profile,
    "aws:kms/grant:Grant": _grant,
    "aws:kms/key:Key": _key,
    "aws:kms/alias:Alias": _alias,
    "aws:secretsmanager/secret:Secret": _secret,
    "aws:secretsmanager/secretVersion:SecretVersion": _secret_version,
}
