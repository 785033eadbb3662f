"""What API Gateway, the schedules and the services that announce and log ask for. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tests.python.aws_models.refusals.asks import ACCOUNT, Ask, arn
from tests.python.aws_models.refusals.stack_plan import StackPlan

_ENDPOINT = re.compile(r'"uri":"[^"]*path//endpoints/([^"/]+)/invocations"')
_CREDENTIALS = re.compile(r'"credentials":"([^"]+)"')


def invokes_endpoint(plan: StackPlan) -> Iterator[Ask]:
    """API Gateway signs requests to the endpoint as the integration's role."""
    for api in plan.of("RestApi"):
        body = json.dumps(json.loads(api.inputs["body"]), separators=(",", ":"))
        for role in set(_CREDENTIALS.findall(body)):
            for endpoint in set(_ENDPOINT.findall(body)):
                yield Ask(role, arn("sagemaker", f"endpoint/{endpoint}"))


def writes_access_logs(plan: StackPlan) -> Iterator[Ask]:
    """API Gateway writes all logs of the account with one role."""
    for account in plan.of("Account"):
        for group in plan.of("LogGroup"):
            name = f"log-group:{group.inputs['name']}:log-stream:a-stream"
            yield Ask(account.inputs["cloudwatchRoleArn"], arn("logs", name))


def starts_pipeline(plan: StackPlan) -> Iterator[Ask]:
    """The schedule's role starts the pipeline."""
    for schedule in plan.of("Schedule"):
        target = schedule.inputs["target"]
        if ":pipeline/" in target["arn"]:
            yield Ask(target["roleArn"], target["arn"])


def adds_step(plan: StackPlan) -> Iterator[Ask]:
    """A universal target is the call itself, made as the schedule's role."""
    for schedule in plan.of("Schedule"):
        target = schedule.inputs["target"]
        if target["arn"].endswith("aws-sdk:emr:addJobFlowSteps"):
            cluster = json.loads(target["input"])["JobFlowId"]
            yield Ask(target["roleArn"], arn("elasticmapreduce", f"cluster/{cluster}"))


def announces_alarms(plan: StackPlan) -> Iterator[Ask]:
    """CloudWatch publishes as itself, and says for whom."""
    topics = {
        topic for alarm in plan.of("MetricAlarm") for topic in alarm.inputs.get("alarmActions", [])
    }
    for topic in topics:
        yield Ask("cloudwatch.amazonaws.com", topic, {"aws:SourceAccount": ACCOUNT})


def announces_events(plan: StackPlan) -> Iterator[Ask]:
    """EventBridge publishes as itself, and says nothing."""
    for topic in {target.inputs["arn"] for target in plan.of("EventTarget")}:
        if ":sns:" in topic:
            yield Ask("events.amazonaws.com", topic)


def _keys_of_topics(plan: StackPlan) -> Iterator[str]:
    for topic in plan.of("Topic"):
        yield topic.inputs["kmsMasterKeyId"]


def encrypts_alarms(plan: StackPlan) -> Iterator[Ask]:
    """SNS encrypts in the name of whoever publishes."""
    for key in _keys_of_topics(plan):
        yield Ask("cloudwatch.amazonaws.com", key, {"aws:SourceAccount": ACCOUNT})


def encrypts_events(plan: StackPlan) -> Iterator[Ask]:
    """SNS encrypts in the name of whoever publishes."""
    for key in _keys_of_topics(plan):
        yield Ask("events.amazonaws.com", key)


def delivers_server_logs(plan: StackPlan) -> Iterator[Ask]:
    """S3's logging service writes as itself, and says from which bucket."""
    for logging in plan.of("BucketLogging"):
        target = f"arn:aws:s3:::{logging.inputs['targetBucket']}/a-log"
        context = {
            "aws:SourceArn": f"arn:aws:s3:::{logging.inputs['bucket']}",
            "aws:SourceAccount": ACCOUNT,
        }
        yield Ask("logging.s3.amazonaws.com", target, context)
