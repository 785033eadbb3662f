"""What SageMaker do in our name."""

from __future__ import annotations

from tests.python.aws_models.refusals import sagemaker_asks as sagemaker
from tests.python.aws_models.refusals.permission_row import SSE_KMS, PermissionRow

_ROLES = "SageMaker developer guide, how to use SageMaker execution roles"

SAGEMAKER_PERMISSIONS = [
    PermissionRow(
        "SageMaker makes network interfaces",
        ("ec2:CreateNetworkInterface",),
        sagemaker.places_interfaces,
        _ROLES,
    ),
    PermissionRow(
        "SageMaker lends and removes network interfaces",
        (
            "ec2:CreateNetworkInterfacePermission",
            "ec2:DeleteNetworkInterface",
            "ec2:DeleteNetworkInterfacePermission",
        ),
        sagemaker.lends_interfaces,
        _ROLES,
    ),
    PermissionRow(
        "SageMaker looks at the network",
        (
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
        ),
        sagemaker.looks_at_network,
        _ROLES,
    ),
    PermissionRow(
        "SageMaker writes logs",
        (
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
        ),
        sagemaker.writes_logs,
        _ROLES,
    ),
    PermissionRow(
        "SageMaker publishes metrics",
        ("cloudwatch:PutMetricData",),
        sagemaker.publishes_metrics,
        _ROLES,
    ),
    PermissionRow(
        "SageMaker pulls images",
        (
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
        ),
        sagemaker.pulls_images,
        _ROLES,
    ),
    PermissionRow(
        "SageMaker logs in to the registry",
        ("ecr:GetAuthorizationToken",),
        sagemaker.logs_in_to_registry,
        _ROLES,
    ),
    PermissionRow("SageMaker downloads", ("s3:GetObject",), sagemaker.downloads, _ROLES),
    PermissionRow("SageMaker lists channels", ("s3:ListBucket",), sagemaker.lists_inputs, _ROLES),
    PermissionRow("SageMaker uploads", ("s3:PutObject",), sagemaker.uploads, _ROLES),
    PermissionRow(
        "S3 decrypts for SageMaker",
        ("kms:Decrypt",),
        sagemaker.decrypts_inputs,
        SSE_KMS,
    ),
    PermissionRow(
        "S3 encrypts for SageMaker",
        ("kms:GenerateDataKey",),
        sagemaker.encrypts_outputs,
        SSE_KMS,
    ),
    PermissionRow(
        "SageMaker encrypts models",
        ("kms:Encrypt", "kms:GenerateDataKey"),
        sagemaker.encrypts_model,
        "SageMaker API reference, OutputDataConfig, KmsKeyId: kms:Encrypt for a key's id or alias",
    ),
    PermissionRow(
        "SageMaker's pipeline passes the jobs' role",
        ("iam:PassRole",),
        sagemaker.passes_job_role,
        "SageMaker developer guide, pipelines, access management",
    ),
    PermissionRow(
        "SageMaker's pipeline runs a step on the cluster",
        (
            "elasticmapreduce:AddJobFlowSteps",
            "elasticmapreduce:CancelSteps",
            "elasticmapreduce:DescribeCluster",
            "elasticmapreduce:DescribeStep",
        ),
        sagemaker.runs_cluster_step,
        "SageMaker developer guide, pipelines, EMR step",
    ),
    PermissionRow(
        "SageMaker's pipeline hears of the step's end",
        ("events:DescribeRule", "events:PutRule", "events:PutTargets"),
        sagemaker.hears_of_cluster_step,
        "SageMaker developer guide, pipelines, EMR step",
    ),
    PermissionRow(
        "SageMaker watches rollback alarms",
        ("cloudwatch:DescribeAlarms",),
        sagemaker.watches_rollback_alarms,
        "SageMaker developer guide, auto-rollback configuration and monitoring",
    ),
    PermissionRow(
        "SageMaker captures requests",
        ("s3:PutObject",),
        sagemaker.captures,
        "SageMaker developer guide, capture data from a real-time endpoint",
    ),
    PermissionRow(
        "S3 encrypts captured requests",
        ("kms:GenerateDataKey",),
        sagemaker.encrypts_captured,
        SSE_KMS,
    ),
]
