"""Who must exist before whom, although no input of the one is an output of the other.

To add a row: say which resources come first (`first`) for which later one (`later`), why AWS
cares, and where that is written. A row that no stack has fails, so nothing is checked in vain.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.python.aws_models.refusals.order_terms import (
    First,
    Later,
    all_of,
    disk_key_loans,
    in_vpc,
    logging,
    of_its_bucket,
    rights_of,
    rights_of_its_roles,
    rights_of_the_nodes,
    rules_of_its_groups,
    settings_of,
    types,
    ways_out,
)


@dataclass(frozen=True)
class OrderRow:
    """One demand.

    Attributes:
        later: What is made afterwards.
        first: What must exist when it is made.
        why: What AWS would do otherwise.
        source: Where that is written.
    """

    later: Later
    first: First
    why: str
    source: str


ORDER = [
    OrderRow(
        types("Cluster"),
        rules_of_its_groups,
        "EMR looks for its ports when a cluster is created and answers VALIDATION_ERROR without "
        "them.",
        "EMR management guide, security groups for private subnets; "
        "terraform-aws-modules/terraform-aws-emr issue 34",
    ),
    OrderRow(
        types("Cluster"),
        rights_of_its_roles,
        "The first instances are launched, and the first logs written, with them.",
        "EMR management guide, IAM service roles",
    ),
    OrderRow(
        types("Cluster"),
        settings_of("logUri"),
        "Logs written before the bucket encrypts by itself stay under another key.",
        "S3 user guide, default encryption: objects that exist are not changed",
    ),
    OrderRow(
        in_vpc("Cluster"),
        ways_out,
        "Nodes without a way to EMR and S3 time out in bootstrap.",
        "EMR management guide, clusters in a VPC, private subnets",
    ),
    OrderRow(
        types("InstanceFleet"),
        disk_key_loans,
        "Spot instances with encrypted disks are launched by EC2's own role, which needs the key.",
        "EC2 user guide, service-linked role for Spot Instances, customer managed keys",
    ),
    OrderRow(
        types("StreamingJobStep"),
        rights_of_the_nodes,
        "The driver asks for secrets, stream and buckets at once, and fails without the right.",
        "this job: spark/jobs",
    ),
    OrderRow(
        types("StreamingJobStep"),
        settings_of("bucket", "command"),
        "Events and checkpoints written before the bucket encrypts by itself stay under another "
        "key.",
        "S3 user guide, default encryption",
    ),
    OrderRow(
        types("BucketObjectv2"),
        settings_of("bucket"),
        "Code put before the bucket encrypts by itself stays under another key, and has no "
        "versions.",
        "S3 user guide, default encryption, versioning",
    ),
    OrderRow(
        types("BucketPolicy"),
        of_its_bucket("BucketPublicAccessBlock"),
        "S3 answers OperationAborted to two changes of a bucket's access settings at once.",
        "S3 API reference, error responses, OperationAborted",
    ),
    OrderRow(
        types("BucketLifecycleConfiguration"),
        of_its_bucket("BucketVersioning"),
        "Rules about old versions need versions.",
        "@pulumi/aws, s3.BucketLifecycleConfiguration",
    ),
    OrderRow(
        types("BucketLogging"),
        settings_of("targetBucket"),
        "S3 checks that it may write to the target when logging is switched on.",
        "S3 user guide, enabling server access logging, permissions for log delivery",
    ),
    OrderRow(
        types("Model"),
        rights_of("executionRoleArn"),
        "CreateModel looks at the model's package with the role.",
        "SageMaker developer guide, SageMaker roles, CreateModel",
    ),
    OrderRow(
        in_vpc("Pipeline"),
        ways_out,
        "A job in the VPC whose group lacks a rule hangs instead of failing.",
        "SageMaker developer guide, train-encrypt, train-vpc",
    ),
    OrderRow(
        types("Pipeline"),
        rights_of("roleArn", "pipelineDefinition"),
        "A schedule may start the pipeline as soon as it exists.",
        "SageMaker developer guide, pipelines, access management",
    ),
    OrderRow(
        types("EndpointConfiguration"),
        settings_of("dataCaptureConfig"),
        "What is captured before the bucket encrypts by itself stays under another key.",
        "SageMaker developer guide, data capture",
    ),
    OrderRow(
        types("EndpointDeployment"),
        lambda plan, _: (
            policy
            for model in plan.of("Model")
            for policy in rights_of("executionRoleArn")(plan, model)
        ),
        "The first instances pull the image and the model with the role.",
        "SageMaker developer guide, SageMaker roles, CreateModel",
    ),
    OrderRow(
        lambda plan: (one for one in plan.of("Target") if "appautoscaling" in one.type),
        all_of("EndpointDeployment"),
        "RegisterScalableTarget is refused while the variant is not in service.",
        "SageMaker developer guide, endpoint auto scaling prerequisites",
    ),
    OrderRow(
        types("RestApi"),
        lambda plan, api: [
            *plan.of("EndpointDeployment"),
            *rights_of("body")(plan, api),
        ],
        "A stage would ask an endpoint that does not serve, or with a role that may not.",
        "API Gateway developer guide, permissions for AWS integrations",
    ),
    OrderRow(
        logging,
        all_of("Account"),
        "CreateStage: CloudWatch Logs role ARN must be set in account settings to enable logging.",
        "API Gateway developer guide, set up CloudWatch logging",
    ),
    OrderRow(
        lambda plan: (one for one in plan.of("Account") if "apigateway" in one.type),
        rights_of("cloudwatchRoleArn"),
        "UpdateAccount: the role ARN does not have required permissions configured.",
        "aws/aws-cdk issue 2194; aws-cloudformation/rain issue 163",
    ),
    OrderRow(
        types("WebAclAssociation"),
        all_of("Stage", "WebAcl"),
        "AssociateWebACL: WAFUnavailableEntityException while the stage is not there.",
        "WAF API reference, AssociateWebACL",
    ),
    OrderRow(
        types("UsagePlan"),
        all_of("Stage"),
        "A usage plan may only name stages that exist.",
        "API Gateway API reference, UpdateUsagePlan",
    ),
    OrderRow(
        types("EventTarget", "MetricAlarm"),
        lambda plan, sender: (
            policy
            for policy in plan.of("TopicPolicy", "QueuePolicy")
            if policy.inputs.get("arn", policy.inputs.get("queueUrl"))
            in [
                sender.inputs.get("arn"),
                sender.inputs.get("deadLetterConfig", {}).get("arn"),
                *sender.inputs.get("alarmActions", []),
            ]
        ),
        "What is announced before the policy exists is lost without an error.",
        "EventBridge user guide, resource-based policies; SNS developer guide, topic policies",
    ),
    OrderRow(
        types("Schedule"),
        lambda plan, schedule: (
            policy
            for policy in plan.of("RolePolicy")
            if policy.inputs["role"] == schedule.inputs["target"]["roleArn"].rsplit("/", 1)[-1]
        ),
        "The first invocation may follow at once.",
        "EventBridge Scheduler user guide, execution role",
    ),
]
