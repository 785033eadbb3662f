"""Calls of Kinesis, of what moto answers, of pipelines, containers and schedules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.permissions.calls.call import Call
from local.permissions.calls.containers import alarm_calls, container_calls, output_key_calls
from local.permissions.calls.emulated import emulated_calls
from local.permissions.calls.kinesis import kinesis_calls
from local.permissions.calls.pipeline import (
    cancel_calls,
    emr_step_calls,
    job_calls,
    register_calls,
    stop_calls,
)
from local.permissions.calls.schedules import schedule_calls
from local.permissions.calls.service_requests import service_request_calls
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

PLACE = Place(Path("unused"))
KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/events"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:key-abc"
ROLE = "arn:aws:iam::123456789012:role/job"


def _short(calls: list[Call]) -> list[tuple[str, str]]:
    return [(call.action, call.resource.partition("123456789012:")[2]) for call in calls]


@pytest.mark.parametrize(
    ("action", "use"),
    [
        ("DescribeStreamSummary", None),
        ("GetShardIterator", None),
        ("GetRecords", "kms:Decrypt"),
        ("PutRecord", "kms:GenerateDataKey"),
        ("PutRecords", "kms:GenerateDataKey"),
    ],
)
def test_records_need_the_streams_key(action: str, use: str | None) -> None:
    asked = Call(f"kinesis:{action}", STREAM)
    assert list(kinesis_calls(action, STREAM, PLACE, {})) == [asked]
    context = {
        "kms:viaservice": "kinesis.us-east-1.amazonaws.com",
        "kms:encryptioncontext:aws:kinesis:arn": STREAM,
    }
    key = [] if use is None else [Call(use, KEY, context)]
    assert list(kinesis_calls(action, STREAM, PLACE, {STREAM: KEY})) == [asked, *key]


def test_a_secret_needs_its_key() -> None:
    members = {"SecretId": SECRET}
    asked = Call("secretsmanager:GetSecretValue", SECRET)
    found = emulated_calls("secretsmanager", "GetSecretValue", members, PLACE, {SECRET: KEY})
    context = {
        "kms:viaservice": "secretsmanager.us-east-1.amazonaws.com",
        "kms:encryptioncontext:secretarn": SECRET,
    }
    assert found == [asked, Call("kms:Decrypt", KEY, context)]
    assert emulated_calls("secretsmanager", "GetSecretValue", members, PLACE, {}) == [asked]


def test_metrics_are_held_to_their_namespace() -> None:
    found = emulated_calls("monitoring", "PutMetricData", {"Namespace": "jobs"}, PLACE, {})
    assert found == [Call("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": "jobs"})]


@pytest.mark.parametrize(
    ("members", "resources"),
    [
        ({"AlarmNames": ["a", "b"]}, ["alarm:a", "alarm:b"]),
        ({"Action": "DescribeAlarms", "AlarmNames.member.1": "a"}, ["alarm:a"]),
        ({"ActionPrefix": "arn:aws:sns:"}, ["alarm:*"]),
    ],
)
def test_alarms_are_looked_at_by_name(members: dict[str, Any], resources: list[str]) -> None:
    calls = emulated_calls("monitoring", "DescribeAlarms", members, PLACE, {})
    assert _short(calls) == [("cloudwatch:DescribeAlarms", one) for one in resources]


def test_values_of_metrics_know_no_resource() -> None:
    found = emulated_calls("monitoring", "GetMetricData", {"MetricDataQueries": []}, PLACE, {})
    assert found == [Call("cloudwatch:GetMetricData", "*")]


def test_nobody_needs_a_right_to_be_told_who_they_are() -> None:
    assert emulated_calls("sts", "GetCallerIdentity", {}, PLACE, {}) == []


def test_a_pipeline_starts_a_job_it_may_pass_a_role_to() -> None:
    job = "training-job/pipelines-1-Train-x"
    calls = job_calls(PLACE, "Training", "pipelines-1-Train-x", ROLE)
    assert _short(calls) == [
        ("sagemaker:CreateTrainingJob", job),
        ("sagemaker:AddTags", job),
        ("iam:PassRole", "role/job"),
        ("sagemaker:DescribeTrainingJob", job),
    ]
    assert calls[2].context == {"iam:passedtoservice": "sagemaker.amazonaws.com"}
    processing = ("sagemaker:StopProcessingJob", "processing-job/x")
    assert _short(stop_calls(PLACE, "Processing", "x")) == [processing]


def test_a_pipeline_runs_a_step_and_hears_of_its_end() -> None:
    rule = "rule/SageMakerPipelineExecutionEMRStepStatusUpdateRule"
    assert _short(emr_step_calls(PLACE, "j-1")) == [
        ("elasticmapreduce:AddJobFlowSteps", "cluster/j-1"),
        ("elasticmapreduce:DescribeCluster", "cluster/j-1"),
        ("elasticmapreduce:DescribeStep", "cluster/j-1"),
        ("events:DescribeRule", rule),
        ("events:PutRule", rule),
        ("events:PutTargets", rule),
    ]
    cancelled = ("elasticmapreduce:CancelSteps", "cluster/j-1")
    assert _short(cancel_calls(PLACE, "j-1")) == [cancelled]


def test_a_pipeline_registers_in_a_group() -> None:
    assert _short(register_calls(PLACE, "models")) == [
        ("sagemaker:DescribeModelPackageGroup", "model-package-group/models"),
        ("sagemaker:CreateModelPackage", "model-package-group/models"),
        ("sagemaker:CreateModelPackage", "model-package/models/1"),
        ("sagemaker:AddTags", "model-package/models/1"),
        ("sagemaker:DescribeModelPackage", "model-package/models/1"),
    ]


def test_a_container_pulls_logs_and_measures() -> None:
    image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-training:2.19-cpu"
    calls = container_calls(PLACE, image, "/aws/sagemaker/TrainingJobs", "/aws/sagemaker/Jobs")
    repository = "arn:aws:ecr:us-east-1:763104351884:repository/tensorflow-training"
    group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/TrainingJobs"
    assert calls == [
        Call("ecr:GetAuthorizationToken", "*"),
        Call("ecr:BatchCheckLayerAvailability", repository),
        Call("ecr:BatchGetImage", repository),
        Call("ecr:GetDownloadUrlForLayer", repository),
        Call("logs:CreateLogGroup", f"{group}:*"),
        Call("logs:DescribeLogStreams", f"{group}:*"),
        Call("logs:CreateLogStream", f"{group}:log-stream:name/instance"),
        Call("logs:PutLogEvents", f"{group}:log-stream:name/instance"),
        Call("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": "/aws/sagemaker/Jobs"}),
    ]
    # Other registries are not IAM's.
    assert container_calls(PLACE, "docker.io/tensorflow:2", "g", "n") == container_calls(
        PLACE, None, "g", "n"
    )


def test_what_a_container_needs_beside() -> None:
    assert output_key_calls(None) == output_key_calls("") == []
    assert output_key_calls(KEY) == [Call("kms:Encrypt", KEY)]
    assert _short(alarm_calls(PLACE, ["a"])) == [("cloudwatch:DescribeAlarms", "alarm:a")]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "resource"),
    [
        ("sagemaker", "InvokeEndpoint", {"EndpointName": "e"}, "endpoint/e"),
        (
            "sagemaker",
            "DescribeModelPackage",
            {"ModelPackageName": "arn:aws:sagemaker:us-east-1:123456789012:model-package/g/1"},
            "model-package/g/1",
        ),
        # SageMaker writes the names of pipelines in ARNs in lower case.
        ("sagemaker", "ListPipelineExecutions", {"PipelineName": "Train"}, "pipeline/train"),
        ("elasticmapreduce", "ListSteps", {"ClusterId": "j-1A"}, "cluster/j-1A"),
        ("sagemaker", "ListModelPackages", {}, ""),
    ],
)
def test_a_request_names_its_resource(
    service: str, operation: str, parameters: dict[str, Any], resource: str
) -> None:
    calls = service_request_calls(service, operation, parameters, PLACE)
    assert _short(calls) == [(f"{service}:{operation}", resource)]


def test_the_new_state_of_a_model_is_a_condition() -> None:
    parameters = {"ModelPackageArn": "arn:aws:sagemaker:x:1:model-package/g/1"}
    state = {"ModelApprovalStatus": "Rejected"}
    (call,) = service_request_calls(
        "sagemaker", "UpdateModelPackage", {**parameters, **state}, PLACE
    )
    assert call.context == {"sagemaker:modelapprovalstatus": "Rejected"}


QUEUE = "arn:aws:sqs:us-east-1:123456789012:undelivered"


def test_a_schedule_starts_a_pipeline_or_calls_a_service() -> None:
    pipeline = {"Arn": "arn:aws:sagemaker:us-east-1:123456789012:pipeline/Train"}
    started = ("sagemaker:StartPipelineExecution", "pipeline/train")
    assert _short(schedule_calls(pipeline, PLACE)) == [started]
    step = {
        "Arn": "arn:aws:scheduler:::aws-sdk:emr:addJobFlowSteps",
        "Input": json.dumps({"JobFlowId": "j-1", "Steps": []}),
        "DeadLetterConfig": {"Arn": QUEUE},
    }
    assert _short(schedule_calls(step, PLACE)) == [
        ("elasticmapreduce:AddJobFlowSteps", "cluster/j-1"),
        ("sqs:SendMessage", "undelivered"),
    ]


@pytest.mark.parametrize(
    ("ask", "file"),
    [
        (lambda: list(kinesis_calls("MergeShards", STREAM, PLACE, {})), "kinesis.py"),
        (lambda: emulated_calls("sqs", "SendMessage", {}, PLACE, {}), "emulated.py"),
        (lambda: service_request_calls("sagemaker", "Sing", {}, PLACE), "service_requests.py"),
        (lambda: schedule_calls({"Arn": "arn:aws:lambda:x:1:function:f"}, PLACE), "schedules.py"),
    ],
)
def test_a_call_that_nobody_knows_is_an_error(ask: Any, file: str) -> None:
    with pytest.raises(UnknownCall, match=f"in local/permissions/calls/{file}"):
        ask()
