"""Actions that a statement holds to conditions: on what, and with which keys, a planned resource
asks for them. Service Authorization Reference: AWS IAM, AWS KMS ("Condition keys").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from tests.python.aws_models.deployment.templates import ACCOUNT, REGION, filled
from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

# ARNs with the condition keys of the call.
Asked = Iterator[tuple[str, Mapping[str, str]]]

Asking = Callable[[StackPlan, Resource], Asked]


def _passes(template: str, service: str) -> Asking:
    def asked(_: StackPlan, resource: Resource) -> Asked:
        for role in filled(template, resource):
            yield role, {"iam:passedtoservice": f"{service}.amazonaws.com"}

    return asked


def _passes_of_cluster(plan: StackPlan, cluster: Resource) -> Asked:
    yield from _passes("{serviceRole}", "elasticmapreduce")(plan, cluster)
    for name in filled("{ec2Attributes.instanceProfile:last}", cluster):
        for profile in plan.of("InstanceProfile"):
            if profile.inputs["name"] == name:
                yield from _PASSES_TO_INSTANCES(plan, profile)


_PASSES_TO_INSTANCES = _passes(f"arn:aws:iam::{ACCOUNT}:role/{{role}}", "ec2")


def _passes_in_document(_: StackPlan, api: Resource) -> Asked:
    for role in sorted(set(re.findall(r'"credentials":"(arn:[^"]+)"', api.inputs["body"]))):
        yield role, {"iam:passedtoservice": "apigateway.amazonaws.com"}


def _attaches(_: StackPlan, attachment: Resource) -> Asked:
    (role,) = filled(f"arn:aws:iam::{ACCOUNT}:role/{{role}}", attachment)
    yield role, {"iam:policyarn": attachment.inputs["policyArn"]}


def _encrypts_object(plan: StackPlan, stored: Resource) -> Asked:
    for encryption in plan.of("BucketServerSideEncryptionConfiguration"):
        if encryption.inputs["bucket"] == stored.inputs["bucket"]:
            field = "{rules.applyServerSideEncryptionByDefault.kmsMasterKeyId}"
            for key in filled(field, encryption):
                yield key, {"kms:viaservice": f"s3.{REGION}.amazonaws.com"}


def _encrypts_secret(_: StackPlan, secret: Resource) -> Asked:
    for key in filled("{kmsKeyId}", secret):
        yield key, {"kms:viaservice": f"secretsmanager.{REGION}.amazonaws.com"}


def _encrypts_version(plan: StackPlan, version: Resource) -> Asked:
    yield from _encrypts_secret(plan, plan.by_id[version.inputs["secretId"]])


def _lends_volume_key(plan: StackPlan, deployment: Resource) -> Asked:
    """SageMaker makes the grant in the caller's name, for the volumes of the endpoint."""
    for config in plan.of("EndpointConfiguration"):
        if config.inputs["name"] == deployment.inputs["endpointConfigName"]:
            for key in filled("{kmsKeyArn}", config):
                via = f"sagemaker.{REGION}.amazonaws.com"
                yield key, {"kms:viaservice": via, "kms:grantisforawsresource": "true"}


def _lends_key(_: StackPlan, grant: Resource) -> Asked:
    for key in filled(f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{{keyId:last}}", grant):
        yield key, {}


def _none(_: StackPlan, __: Resource) -> Asked:
    """A role's policies are resources of their own: `aws:iam/role:Role` attaches none."""
    yield from ()


_OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"
_SECRET = "aws:secretsmanager/secret:Secret"  # noqa: S105 - a type
_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"

CONDITIONAL: Mapping[tuple[str, str], Asking] = {
    ("aws:apigateway/account:Account", "iam:PassRole"): _passes(
        "{cloudwatchRoleArn}", "apigateway"
    ),
    ("aws:apigateway/restApi:RestApi", "iam:PassRole"): _passes_in_document,
    ("aws:cloudwatch/eventTarget:EventTarget", "iam:PassRole"): _passes("{roleArn}", "events"),
    ("aws:emr/cluster:Cluster", "iam:PassRole"): _passes_of_cluster,
    ("aws:iam/instanceProfile:InstanceProfile", "iam:PassRole"): _PASSES_TO_INSTANCES,
    ("aws:sagemaker/model:Model", "iam:PassRole"): _passes("{executionRoleArn}", "sagemaker"),
    ("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "iam:PassRole"): _none,
    ("aws:sagemaker/pipeline:Pipeline", "iam:PassRole"): _passes("{roleArn}", "sagemaker"),
    ("aws:scheduler/schedule:Schedule", "iam:PassRole"): _passes("{target.roleArn}", "scheduler"),
    ("aws:iam/role:Role", "iam:AttachRolePolicy"): _none,
    ("aws:iam/role:Role", "iam:DetachRolePolicy"): _none,
    (_ATTACHMENT, "iam:AttachRolePolicy"): _attaches,
    (_ATTACHMENT, "iam:DetachRolePolicy"): _attaches,
    (_OBJECT, "kms:Decrypt"): _encrypts_object,
    (_OBJECT, "kms:GenerateDataKey"): _encrypts_object,
    (_SECRET, "kms:Decrypt"): _encrypts_secret,
    (_SECRET, "kms:Encrypt"): _encrypts_secret,
    (_SECRET, "kms:GenerateDataKey"): _encrypts_secret,
    (_VERSION, "kms:Decrypt"): _encrypts_version,
    (_VERSION, "kms:GenerateDataKey"): _encrypts_version,
    ("aws:kms/grant:Grant", "kms:CreateGrant"): _lends_key,
    ("pulumi-nodejs:dynamic/endpoint:EndpointDeployment", "kms:CreateGrant"): _lends_volume_key,
}

# Actions that nobody asks for without saying here with which keys.
CONDITIONED = frozenset(action for _, action in CONDITIONAL)
