"""What services ask for in our name, as requests to IAM: who, on what, with which keys. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tests.python.aws_models.refusals.stack_plan import StackPlan

# What the offline plans are made for.
ACCOUNT = "123456789012"
REGION = "us-east-1"

# The role EC2 launches spot instances with.
SPOT_ROLE = (
    f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"
)


@dataclass(frozen=True)
class Ask:
    """One request.

    Attributes:
        who: ARN of a role, or a service principal that acts by itself.
        resource: ARN, or `*` for an action that knows none.
        context: Condition keys of the request.
    """

    who: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


# Yields nothing where the feature is off.
Asks = Callable[[StackPlan], Iterable[Ask]]


def arn(service: str, resource: str) -> str:
    """Returns the ARN of something in the planned account and region."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def role_arn(name: str) -> str:
    """Returns the ARN of a role."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def key_of_bucket(plan: StackPlan, bucket: str) -> str | None:
    """Returns the ARN of the customer key that a bucket is encrypted with, if one is."""
    for encryption in plan.of("BucketServerSideEncryptionConfiguration"):
        if encryption.inputs["bucket"] == bucket:
            (rule,) = encryption.inputs["rules"]
            default = rule["applyServerSideEncryptionByDefault"]
            return str(default["kmsMasterKeyId"]) if "kmsMasterKeyId" in default else None
    return None


def encryption_headers(key: str | None) -> dict[str, str]:
    """Returns what a service that names its encryption puts into a PutObject."""
    header = "s3:x-amz-server-side-encryption"
    if key is None:
        return {header: "AES256"}
    return {header: "aws:kms", f"{header}-aws-kms-key-id": key}


def object_arn(uri: str) -> str:
    """Returns the ARN of an object below an `s3://` or `s3a://` address."""
    return f"arn:aws:s3:::{uri.split('://', 1)[1].rstrip('/')}/an-object"


def bucket_of(uri: str) -> str:
    """Returns the bucket of an `s3://` or `s3a://` address."""
    return uri.split("://", 1)[1].split("/", 1)[0]
