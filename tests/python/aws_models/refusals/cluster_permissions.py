"""What EMR, EC2 and the nodes do in our name."""

from __future__ import annotations

from tests.python.aws_models.refusals import cluster_asks as cluster
from tests.python.aws_models.refusals.permission_row import SSE_KMS, PermissionRow

_EBS = "EBS user guide, requirements for Amazon EBS encryption"
_EMR_V2 = "AWS managed policy reference, AmazonEMRServicePolicy_v2"

_KEY_OF_VOLUME = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)

CLUSTER_PERMISSIONS = [
    PermissionRow(
        "EMR makes encrypted volumes",
        _KEY_OF_VOLUME,
        cluster.launcher_uses_disk_key,
        _EBS,
    ),
    PermissionRow(
        "EMR lends the key to volumes",
        ("kms:CreateGrant",),
        cluster.launcher_lends_disk_key,
        _EBS,
    ),
    PermissionRow(
        "EC2 makes encrypted volumes of spot instances",
        (*_KEY_OF_VOLUME, "kms:CreateGrant", "kms:Encrypt", "kms:GenerateDataKey"),
        cluster.spot_uses_disk_key,
        "EC2 user guide, service-linked role for Spot Instances, customer managed keys",
    ),
    PermissionRow(
        "EMR's nodes encrypt their instance stores",
        ("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"),
        cluster.nodes_use_disk_key,
        "EMR management guide, create keys and certificates: the instance profile is a key user",
    ),
    PermissionRow(
        "EMR passes the instance role",
        ("iam:PassRole",),
        cluster.passes_instance_role,
        "EMR management guide, service role; the managed policy passes default names only",
    ),
    PermissionRow(
        "EMR launches instances into subnets and groups",
        ("ec2:CreateFleet", "ec2:CreateNetworkInterface", "ec2:RunInstances"),
        cluster.launches_in_network,
        _EMR_V2,
    ),
    PermissionRow(
        "EMR launches instances and volumes with tags",
        ("ec2:CreateFleet", "ec2:RunInstances"),
        cluster.launches_tagged,
        _EMR_V2,
    ),
    PermissionRow(
        "EMR adds rules to its groups",
        ("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"),
        cluster.adds_rules,
        _EMR_V2,
    ),
    PermissionRow(
        "EMR's nodes upload logs",
        ("s3:PutObject",),
        cluster.uploads_logs,
        "EMR API reference, RunJobFlow, LogEncryptionKmsKeyId: AES-256 unless a key is given",
    ),
    PermissionRow(
        "EMR's nodes encrypt logs",
        ("kms:GenerateDataKey",),
        cluster.encrypts_logs,
        "EMR management guide, cluster logging, log encryption: the instance profile's right",
    ),
    PermissionRow(
        "YARN fetches a job's files",
        ("s3:GetObject",),
        cluster.localises,
        "Spark, running on YARN: files of spark-submit are fetched with the node's credentials",
    ),
    PermissionRow(
        "S3 decrypts and encrypts for the nodes",
        ("kms:Decrypt", "kms:GenerateDataKey"),
        cluster.decrypts_files,
        SSE_KMS,
    ),
    PermissionRow(
        "Kinesis decrypts for a reader",
        ("kms:Decrypt",),
        cluster.decrypts_records,
        "Kinesis developer guide, permissions to use user-generated KMS keys",
    ),
    PermissionRow(
        "Secrets Manager decrypts for a reader",
        ("kms:Decrypt",),
        cluster.decrypts_secrets,
        "Secrets Manager user guide, secret encryption and decryption",
    ),
    PermissionRow(
        "Systems Manager's agent on the nodes",
        (
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ),
        cluster.opens_shells,
        "Systems Manager user guide, instance permissions for Session Manager",
    ),
]
