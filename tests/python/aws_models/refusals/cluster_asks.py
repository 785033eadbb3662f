"""What EMR, EC2 and the nodes ask for. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.refusals.asks import (
    SPOT_ROLE,
    Ask,
    arn,
    bucket_of,
    encryption_headers,
    key_of_bucket,
    object_arn,
    role_arn,
)
from tests.python.aws_models.refusals.stack_plan import StackPlan

_TAG = "for-use-with-amazon-emr-managed-policies"


def _cluster(plan: StackPlan) -> dict[str, Any]:
    cluster = plan.one("Cluster")
    return cluster.inputs if cluster is not None else {}


def _nodes(plan: StackPlan) -> str:
    profile = plan.one("InstanceProfile")
    assert profile is not None
    return role_arn(profile.inputs["role"])


def _disk_key(plan: StackPlan) -> str | None:
    security = plan.one("SecurityConfiguration")
    configuration = json.loads(security.inputs["configuration"]) if security else {}
    encryption = configuration.get("EncryptionConfiguration", {})
    at_rest = encryption.get("AtRestEncryptionConfiguration", {})
    key = at_rest.get("LocalDiskEncryptionConfiguration", {}).get("AwsKmsKey")
    return str(key) if key else None


def launcher_uses_disk_key(plan: StackPlan) -> Iterator[Ask]:
    """Whoever launches the nodes makes their encrypted volumes."""
    if (key := _disk_key(plan)) is not None:
        yield Ask(_cluster(plan)["serviceRole"], key)


def launcher_lends_disk_key(plan: StackPlan) -> Iterator[Ask]:
    """The volumes' own use of the key is a grant."""
    if (key := _disk_key(plan)) is not None:
        yield Ask(_cluster(plan)["serviceRole"], key, {"kms:GrantIsForAWSResource": "true"})


def nodes_use_disk_key(plan: StackPlan) -> Iterator[Ask]:
    """Nodes encrypt their instance stores."""
    if (key := _disk_key(plan)) is not None:
        yield Ask(_nodes(plan), key)


def spot_uses_disk_key(plan: StackPlan) -> Iterator[Ask]:
    """EC2 itself launches spot instances."""
    if (key := _disk_key(plan)) is not None and plan.one("InstanceFleet") is not None:
        yield Ask(SPOT_ROLE, key)


def passes_instance_role(plan: StackPlan) -> Iterator[Ask]:
    """A launch hands the instance role to EC2."""
    if cluster := _cluster(plan):
        context = {"iam:PassedToService": "ec2.amazonaws.com"}
        yield Ask(cluster["serviceRole"], _nodes(plan), context)


def launches_in_network(plan: StackPlan) -> Iterator[Ask]:
    """A launch names subnets and groups; the managed policy looks at their tag."""
    cluster = _cluster(plan)
    ec2 = cluster["ec2Attributes"]
    groups = [value for name, value in ec2.items() if name.endswith("SecurityGroup")]
    placed = [("subnet", one) for one in ec2["subnetIds"]]
    placed += [("security-group", one) for one in groups]
    for kind, identifier in placed:
        # Somebody else's subnets are not planned here.
        if (resource := plan.by_id.get(identifier)) is not None:
            tag = resource.inputs.get("tags", {}).get(_TAG)
            context = {f"aws:ResourceTag/{_TAG}": tag} if tag else {}
            yield Ask(cluster["serviceRole"], arn("ec2", f"{kind}/{identifier}"), context)


def launches_tagged(plan: StackPlan) -> Iterator[Ask]:
    """EMR tags instances and volumes as the cluster is tagged; the managed policy asks for it."""
    cluster = _cluster(plan)
    tag = cluster.get("tags", {}).get(_TAG)
    context = {f"aws:RequestTag/{_TAG}": tag} if tag else {}
    for kind in ("instance", "volume"):
        yield Ask(cluster["serviceRole"], arn("ec2", f"{kind}/new"), context)


def adds_rules(plan: StackPlan) -> Iterator[Ask]:
    """EMR adds rules of its own to the groups it manages."""
    for ask in launches_in_network(plan):
        if ":security-group/" in ask.resource:
            yield ask


def uploads_logs(plan: StackPlan) -> Iterator[Ask]:
    """The nodes upload logs and say how they are encrypted, even when EMR was told nothing."""
    cluster = _cluster(plan)
    headers = encryption_headers(cluster.get("logEncryptionKmsKeyId"))
    yield Ask(_nodes(plan), object_arn(cluster["logUri"]), headers)


def encrypts_logs(plan: StackPlan) -> Iterator[Ask]:
    """S3 makes a data key in the uploader's name."""
    if (key := _cluster(plan).get("logEncryptionKmsKeyId")) is not None:
        yield Ask(_nodes(plan), key)


def localises(plan: StackPlan) -> Iterator[Ask]:
    """spark-submit and YARN fetch the job's files with the role of the nodes."""
    step = plan.one("StreamingJobStep")
    text = " ".join(step.inputs["command"]) if step else ""
    for word in text.replace(",", " ").split():
        if word.startswith("s3a://") and "/code/" in word:
            yield Ask(_nodes(plan), f"arn:aws:s3:::{word.split('://', 1)[1].split('#')[0]}")


def decrypts_files(plan: StackPlan) -> Iterator[Ask]:
    """S3 decrypts, and encrypts, in the name of whoever reads and writes."""
    key = key_of_bucket(plan, bucket_of(_cluster(plan)["logUri"]))
    if key is not None:
        yield Ask(_nodes(plan), key)


def decrypts_records(plan: StackPlan) -> Iterator[Ask]:
    """Kinesis decrypts in the name of whoever reads."""
    stream = plan.one("Stream")
    if stream is not None and stream.inputs["kmsKeyId"].startswith("arn:"):
        yield Ask(_nodes(plan), stream.inputs["kmsKeyId"])


def decrypts_secrets(plan: StackPlan) -> Iterator[Ask]:
    """Secrets Manager decrypts in the name of whoever reads."""
    for secret in plan.of("Secret"):
        if "kmsKeyId" in secret.inputs:
            yield Ask(_nodes(plan), secret.inputs["kmsKeyId"])


def opens_shells(plan: StackPlan) -> Iterator[Ask]:
    """The agent on a node registers it and opens the channels of Session Manager."""
    if _cluster(plan):
        yield Ask(_nodes(plan), "*")
