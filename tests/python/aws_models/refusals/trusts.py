"""What each AWS service says when it takes a role of ours or uses a resource of ours.

A condition on a key that the service does not send never holds: the role can never be taken, the
topic never written to, and everything looks well until then. To add a row: name the service
principal, how it uses our account, and the keys its documentation promises, with the page. Where a
service promises keys and our statement asks for none, `bare` says why that is right.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE_ACCOUNT = "aws:SourceAccount"
SOURCE_ARN = "aws:SourceArn"

# How a service uses our account.
TAKES_ROLE = "takes a role"
USES_TOPIC = "uses a topic"
USES_KEY = "uses a key"
USES_BUCKET = "uses a bucket"
USES_QUEUE = "uses a queue"


@dataclass(frozen=True)
class TrustRow:
    """What one service sends in one kind of use.

    Attributes:
        service: Service principal.
        use: How it uses our account.
        sends: Condition keys that its documentation promises.
        source: The page.
        bare: Why a statement may ask for none of them although they are sent; empty where it must
            not.
    """

    service: str
    use: str
    sends: frozenset[str]
    source: str
    bare: str = ""


_BOTH = frozenset({SOURCE_ACCOUNT, SOURCE_ARN})
_NOTHING: frozenset[str] = frozenset()

TRUSTS = [
    TrustRow(
        "elasticmapreduce.amazonaws.com",
        TAKES_ROLE,
        _BOTH,
        "EMR management guide, service role for Amazon EMR: trust policy with both keys",
    ),
    TrustRow(
        "ec2.amazonaws.com",
        TAKES_ROLE,
        _NOTHING,
        "EC2 user guide, IAM roles for EC2: an instance profile is of one account",
    ),
    TrustRow(
        "sagemaker.amazonaws.com",
        TAKES_ROLE,
        _BOTH,
        "SageMaker developer guide, cross-service confused deputy prevention: inference, "
        "pipelines, processing, training",
    ),
    TrustRow(
        "scheduler.amazonaws.com",
        TAKES_ROLE,
        _BOTH,
        "EventBridge Scheduler user guide, confused deputy prevention",
    ),
    TrustRow(
        "apigateway.amazonaws.com",
        TAKES_ROLE,
        _NOTHING,
        "aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws PR "
        "479: neither for an "
        "integration's role; API Gateway developer guide, set up CloudWatch logging: trust "
        "without a condition",
    ),
    TrustRow(
        "events.amazonaws.com",
        TAKES_ROLE,
        _NOTHING,
        "EventBridge user guide, IAM roles for targets: trust without a condition, no promise of "
        "any key",
    ),
    TrustRow(
        "events.amazonaws.com",
        USES_TOPIC,
        _NOTHING,
        "EventBridge user guide, resource-based policies: no Condition blocks in topic policies",
    ),
    TrustRow(
        "events.amazonaws.com",
        USES_KEY,
        _NOTHING,
        "SNS developer guide, event sources and encrypted topics: neither key for EventBridge",
    ),
    TrustRow(
        "events.amazonaws.com",
        USES_QUEUE,
        frozenset({SOURCE_ARN}),
        "EventBridge user guide, dead-letter queues: aws:SourceArn of the rule",
    ),
    TrustRow(
        "sns.amazonaws.com",
        USES_QUEUE,
        frozenset({SOURCE_ARN}),
        "SNS developer guide, configuring a dead-letter queue: aws:SourceArn of the topic",
    ),
    TrustRow(
        "cloudwatch.amazonaws.com",
        USES_TOPIC,
        _BOTH,
        "SNS developer guide, example cases for access control: CloudWatch alarms",
    ),
    TrustRow(
        "cloudwatch.amazonaws.com",
        USES_KEY,
        _BOTH,
        "SNS developer guide, event sources and encrypted topics: both keys for event sources "
        "but EventBridge",
    ),
    TrustRow(
        "logging.s3.amazonaws.com",
        USES_BUCKET,
        _BOTH,
        "S3 user guide, enabling server access logging, permissions for log delivery",
    ),
]
