"""What API Gateway, schedules, announcements and logs do in our name."""

from __future__ import annotations

from tests.python.aws_models.refusals import delivery_asks as delivery
from tests.python.aws_models.refusals.permission_row import PermissionRow

DELIVERY_PERMISSIONS = [
    PermissionRow(
        "API Gateway invokes the endpoint",
        ("sagemaker:InvokeEndpoint",),
        delivery.invokes_endpoint,
        "API Gateway developer guide, permissions for AWS integrations",
    ),
    PermissionRow(
        "API Gateway writes logs",
        ("logs:CreateLogStream", "logs:DescribeLogGroups", "logs:PutLogEvents"),
        delivery.writes_access_logs,
        "API Gateway developer guide, set up CloudWatch logging",
    ),
    PermissionRow(
        "EventBridge Scheduler starts the pipeline",
        ("sagemaker:StartPipelineExecution",),
        delivery.starts_pipeline,
        "EventBridge Scheduler user guide, templated targets",
    ),
    PermissionRow(
        "EventBridge Scheduler adds a step",
        ("elasticmapreduce:AddJobFlowSteps",),
        delivery.adds_step,
        "EventBridge Scheduler user guide, universal targets",
    ),
    PermissionRow(
        "CloudWatch announces alarms",
        ("sns:Publish",),
        delivery.announces_alarms,
        "SNS developer guide, example cases for access control",
    ),
    PermissionRow(
        "CloudWatch announces to an encrypted topic",
        ("kms:Decrypt", "kms:GenerateDataKey"),
        delivery.encrypts_alarms,
        "SNS developer guide, event sources and encrypted topics",
    ),
    PermissionRow(
        "EventBridge announces events",
        ("sns:Publish",),
        delivery.announces_events,
        "EventBridge user guide, resource-based policies",
    ),
    PermissionRow(
        "EventBridge announces to an encrypted topic",
        ("kms:Decrypt", "kms:GenerateDataKey"),
        delivery.encrypts_events,
        "SNS developer guide, event sources and encrypted topics",
    ),
    PermissionRow(
        "S3 delivers access logs",
        ("s3:PutObject",),
        delivery.delivers_server_logs,
        "S3 user guide, enabling server access logging, permissions for log delivery",
    ),
]
