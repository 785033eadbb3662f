"""CloudWatch, its logs, EventBridge, its scheduler, SNS and SQS.

Terraform: cloudwatch/*.go, logs/group.go, events/*.go, scheduler/schedule.go, sns/*.go, sqs/*.go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.requests.inputs import (
    Inputs,
    Request,
    Resolver,
    api,
    known,
    one,
    request,
)


def _alarm(inputs: Inputs) -> Iterator[Request]:
    dimensions: dict[str, str] = inputs["dimensions"] or {}
    yield request(
        "cloudwatch",
        "PutMetricAlarm",
        AlarmName=inputs["name"],
        AlarmDescription=inputs["alarmDescription"],
        ActionsEnabled=inputs["actionsEnabled"],
        AlarmActions=inputs["alarmActions"],
        OKActions=inputs["okActions"],
        InsufficientDataActions=inputs["insufficientDataActions"],
        MetricName=inputs["metricName"],
        Namespace=inputs["namespace"],
        Statistic=inputs["statistic"],
        ExtendedStatistic=inputs["extendedStatistic"],
        Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()] or None,
        Period=inputs["period"],
        Unit=inputs["unit"],
        EvaluationPeriods=inputs["evaluationPeriods"],
        DatapointsToAlarm=inputs["datapointsToAlarm"],
        Threshold=inputs["threshold"],
        ComparisonOperator=inputs["comparisonOperator"],
        TreatMissingData=inputs["treatMissingData"],
        Metrics=_metric_queries(inputs["metricQueries"]),
        Tags=inputs.tag_list,
    )


def _metric_queries(queries: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    return queries and [
        known(
            {
                "Id": query["id"],
                "Expression": query.get("expression"),
                "Label": query.get("label"),
                "ReturnData": query.get("returnData"),
                "Period": query.get("period"),
                "MetricStat": query.get("metric") and _metric_statistic(query["metric"]),
            }
        )
        for query in queries
    ]


def _metric_statistic(metric: dict[str, Any]) -> dict[str, Any]:
    dimensions = metric.get("dimensions") or {}
    return known(
        {
            "Metric": known(
                {
                    "Namespace": metric.get("namespace"),
                    "MetricName": metric["metricName"],
                    "Dimensions": [{"Name": n, "Value": v} for n, v in dimensions.items()],
                }
            ),
            "Period": metric["period"],
            "Stat": metric["stat"],
            "Unit": metric.get("unit"),
        }
    )


def _dashboard(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "cloudwatch",
        "PutDashboard",
        DashboardName=inputs["dashboardName"],
        DashboardBody=inputs["dashboardBody"],
    )


def _log_group(inputs: Inputs) -> Iterator[Request]:
    name = inputs["name"]
    yield request(
        "logs",
        "CreateLogGroup",
        logGroupName=name,
        kmsKeyId=inputs["kmsKeyId"],
        logGroupClass=inputs["logGroupClass"],
        tags=inputs.tags,
    )
    if inputs["retentionInDays"] is not None:
        yield request(
            "logs",
            "PutRetentionPolicy",
            logGroupName=name,
            retentionInDays=inputs["retentionInDays"],
        )


def _rule(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "events",
        "PutRule",
        Name=inputs["name"],
        Description=inputs["description"],
        EventPattern=inputs["eventPattern"],
        ScheduleExpression=inputs["scheduleExpression"],
        State=inputs["state"],
        RoleArn=inputs["roleArn"],
        Tags=inputs.tag_list,
    )


def _target(inputs: Inputs) -> Iterator[Request]:
    transformer = inputs["inputTransformer"]
    yield request(
        "events",
        "PutTargets",
        Rule=inputs["rule"],
        Targets=[
            known(
                {
                    "Id": inputs["targetId"],
                    "Arn": inputs["arn"],
                    "RoleArn": inputs["roleArn"],
                    "Input": inputs["input"],
                    "InputTransformer": transformer
                    and known(
                        {
                            "InputPathsMap": transformer.get("inputPaths"),
                            "InputTemplate": transformer["inputTemplate"],
                        }
                    ),
                    "HttpParameters": api(inputs["httpTarget"]),
                    "RetryPolicy": api(inputs["retryPolicy"]),
                    "DeadLetterConfig": api(inputs["deadLetterConfig"]),
                }
            )
        ],
    )


def _schedule(inputs: Inputs) -> Iterator[Request]:
    target: dict[str, Any] = dict(inputs["target"])
    parameters = target.pop("sagemakerPipelineParameters", None)
    yield request(
        "scheduler",
        "CreateSchedule",
        Name=inputs["name"],
        Description=inputs["description"],
        GroupName=inputs["groupName"],
        ScheduleExpression=inputs["scheduleExpression"],
        ScheduleExpressionTimezone=inputs["scheduleExpressionTimezone"],
        FlexibleTimeWindow=api(inputs["flexibleTimeWindow"]),
        State=inputs["state"],
        KmsKeyArn=inputs["kmsKeyArn"],
        Target=known(
            {
                **api(target),
                "SageMakerPipelineParameters": parameters
                and {"PipelineParameterList": api(parameters["pipelineParameters"])},
            }
        ),
    )


def _topic(inputs: Inputs) -> Iterator[Request]:
    attributes = {
        "DisplayName": inputs["displayName"],
        "KmsMasterKeyId": inputs["kmsMasterKeyId"],
        "SignatureVersion": inputs["signatureVersion"],
    }
    yield request(
        "sns",
        "CreateTopic",
        Name=inputs["name"],
        Attributes={name: str(value) for name, value in known(attributes).items()},
        Tags=inputs.tag_list,
    )


def _topic_policy(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "sns",
        "SetTopicAttributes",
        TopicArn=inputs["arn"],
        AttributeName="Policy",
        AttributeValue=inputs["policy"],
    )


def _subscription(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "sns",
        "Subscribe",
        TopicArn=one(inputs["topic"]),
        Protocol=inputs["protocol"],
        Endpoint=inputs["endpoint"],
        Attributes=known({"RedrivePolicy": inputs["redrivePolicy"]}) or None,
    )


def _queue(inputs: Inputs) -> Iterator[Request]:
    attributes = {
        "MessageRetentionPeriod": inputs["messageRetentionSeconds"],
        "SqsManagedSseEnabled": inputs["sqsManagedSseEnabled"],
    }
    yield request(
        "sqs",
        "CreateQueue",
        QueueName=inputs["name"],
        Attributes={name: str(value).lower() for name, value in known(attributes).items()},
        tags=inputs.tags,
    )


def _queue_policy(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "sqs",
        "SetQueueAttributes",
        QueueUrl=inputs["queueUrl"],
        Attributes={"Policy": inputs["policy"]},
    )


resolvers: dict[str, Resolver] = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:cloudwatch/dashboard:Dashboard": _dashboard,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cloudwatch/eventRule:EventRule": _rule,
    "aws:cloudwatch/eventTarget:EventTarget": _target,
    "aws:scheduler/schedule:Schedule": _schedule,
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
    "aws:sqs/queue:Queue": _queue,
    "aws:sqs/queuePolicy:QueuePolicy": _queue_policy,
}
