"""Permissions of deployed roles in the emulator: Kinesis, secrets, metrics, schedules."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import cbor2
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.kinesis.models import kinesis_backends
from moto.scheduler.models import scheduler_backends
from moto.secretsmanager.models import secretsmanager_backends

from local.emulator.kinesis.request import Kinesis
from local.emulator.server import EmulatorServer
from local.permissions.authorizer import Authorizer
from local.permissions.credentials import authorization_of, environment_of
from tests.python.permissions.deployment import role, write

ACCOUNT = "123456789012"
STREAM = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/events"
PIPELINE = f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:pipeline/train"
QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:undelivered"

Client = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the deployment."""
    return tmp_path_factory.mktemp("permissions")


@pytest.fixture(scope="module")
def guarded(folder: Path) -> Iterator[EmulatorServer]:
    """The emulator with deployed policies."""
    place = write(folder)
    server = EmulatorServer(Kinesis(), authorizer=Authorizer(place, "test"))
    yield server
    server.stop()
    for backends in (kinesis_backends, secretsmanager_backends, scheduler_backends):
        backends.reset()


@pytest.fixture(scope="module")
def client(guarded: EmulatorServer) -> Client:
    """Makes boto3 clients of a role, or of the administrator."""

    def make(service: str, role_name: str | None = None) -> Any:
        credentials = {} if role_name is None else environment_of(role_name)
        return boto3.client(
            service,
            endpoint_url=guarded.url,
            region_name="us-east-1",
            aws_access_key_id=credentials.get("AWS_ACCESS_KEY_ID", "local"),
            aws_secret_access_key="local",
            config=Config(retries={"total_max_attempts": 1}),
        )

    make("kinesis").create_stream(StreamName="events", ShardCount=1)
    return make


def _refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def _reader(*actions: str) -> list[dict[str, Any]]:
    return role("reader", {"Action": [f"kinesis:{one}" for one in actions], "Resource": STREAM})


def test_a_role_reads_a_stream_as_far_as_it_may(folder: Path, client: Client) -> None:
    write(folder, *_reader("GetShardIterator", "ListShards"))
    kinesis = client("kinesis", "reader")
    (shard,) = kinesis.list_shards(StreamName="events")["Shards"]
    place = {"ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
    iterator = kinesis.get_shard_iterator(StreamARN=STREAM, **place)["ShardIterator"]
    code, message = _refusal(kinesis.get_records, ShardIterator=iterator)
    assert code == "AccessDeniedException"
    assert f'kinesis:GetRecords on resource: "{STREAM}"' in message
    code, message = _refusal(
        kinesis.merge_shards, StreamName="events", ShardToMerge="a", AdjacentShardToMerge="b"
    )
    assert "calls/kinesis.py" in message
    assert client("kinesis").get_records(ShardIterator=iterator)["Records"] == []


def test_a_role_is_refused_in_cbor_too(folder: Path, guarded: EmulatorServer) -> None:
    write(folder, *_reader("ListShards"))
    request = urllib.request.Request(
        guarded.url,
        cbor2.dumps({"StreamName": "events"}),
        {
            "Content-Type": "application/x-amz-cbor-1.1",
            "X-Amz-Target": "Kinesis_20131202.DescribeStreamSummary",
            "Authorization": authorization_of("reader", "us-east-1", "kinesis"),
        },
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    answer = cbor2.loads(caught.value.read())
    caught.value.close()
    assert answer["__type"] == "AccessDeniedException"
    assert "kinesis:DescribeStreamSummary" in answer["message"]


def test_a_call_that_moto_answers_is_decided_once(folder: Path, client: Client) -> None:
    write(folder, *_reader("ListStreamConsumers"))
    kinesis = client("kinesis", "reader")
    assert kinesis.list_stream_consumers(StreamARN=STREAM)["Consumers"] == []


def test_a_role_reads_a_secret_that_it_may(folder: Path, client: Client) -> None:
    secrets = client("secretsmanager")
    arns = [
        secrets.create_secret(Name=name, SecretString=name)["ARN"] for name in ("mine", "other")
    ]
    get = {"Action": "secretsmanager:GetSecretValue", "Resource": arns[0]}
    write(folder, *role("reader", get))
    reader = client("secretsmanager", "reader")
    assert reader.get_secret_value(SecretId=arns[0])["SecretString"] == "mine"
    code, message = _refusal(reader.get_secret_value, SecretId=arns[1])
    assert code == "AccessDeniedException"
    assert f'secretsmanager:GetSecretValue on resource: "{arns[1]}"' in message
    code, message = _refusal(reader.list_secrets)
    assert "calls/emulated.py" in message


def test_metrics_go_to_the_namespace_of_a_role(folder: Path, client: Client) -> None:
    condition = {"StringEquals": {"cloudwatch:namespace": "jobs"}}
    put = {"Action": "cloudwatch:PutMetricData", "Resource": "*", "Condition": condition}
    write(folder, *role("job", put))
    metrics = client("cloudwatch", "job")
    data = [{"MetricName": "rows", "Value": 1.0}]
    metrics.put_metric_data(Namespace="jobs", MetricData=data)
    _, message = _refusal(metrics.put_metric_data, Namespace="other", MetricData=data)
    assert "is not authorized to perform: cloudwatch:PutMetricData because" in message


def test_every_role_may_call_get_caller_identity(folder: Path, client: Client) -> None:
    write(folder, *role("job"))
    assert client("sts", "job").get_caller_identity()["Account"] == ACCOUNT


SCHEDULER = {
    "Principal": {"Service": "scheduler.amazonaws.com"},
    "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
}
START = {"Action": "sagemaker:StartPipelineExecution", "Resource": PIPELINE}
KEEP = {"Action": "sqs:SendMessage", "Resource": QUEUE}


@pytest.mark.parametrize(
    ("resources", "refused"),
    [
        (role("clock", START, KEEP, **SCHEDULER), None),
        (role("clock", START, **SCHEDULER), "sqs:SendMessage"),
        (role("clock", KEEP, **SCHEDULER), "sagemaker:StartPipelineExecution"),
        (role("clock", START, KEEP), "must allow AWS EventBridge Scheduler to assume the role"),
    ],
)
def test_a_schedule_is_created_if_its_role_may_do_what_it_is_for(
    folder: Path, client: Client, resources: list[dict[str, Any]], refused: str | None
) -> None:
    write(folder, *resources)
    request = {
        "Name": f"s{abs(hash(json.dumps(resources)))}",
        "ScheduleExpression": "rate(1 day)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {
            "Arn": PIPELINE,
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/clock",
            "DeadLetterConfig": {"Arn": QUEUE},
        },
    }
    create = client("scheduler").create_schedule
    if refused is None:
        assert create(**request)["ScheduleArn"].endswith(request["Name"])
    else:
        code, message = _refusal(create, **request)
        assert code == "ValidationException"
        assert refused in message


@pytest.mark.parametrize(
    ("trust", "allowed"),
    [
        ({"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}, True),
        ({"Principal": {"AWS": "arn:aws:iam::210987654321:root"}}, False),
        ({}, False),
    ],
)
def test_a_role_is_assumed_by_whom_it_trusts(
    folder: Path, client: Client, trust: dict[str, Any], allowed: bool
) -> None:
    write(folder, *role("on-call", **trust))
    request = {
        "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/on-call",
        "RoleSessionName": "me",
    }
    assume = client("sts").assume_role
    if allowed:
        answer = assume(**request)
        assert answer["Credentials"]["AccessKeyId"] == "ROLE.on-call"
        arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/on-call/me"
        assert answer["AssumedRoleUser"]["Arn"] == arn
    else:
        code, message = _refusal(assume, **request)
        assert code == "AccessDenied"
        assert "sts:AssumeRole" in message
    missing = {**request, "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/nobody"}
    assert "does not exist" in _refusal(assume, **missing)[1]


def test_moto_still_says_whose_credentials_they_are(client: Client) -> None:
    assert client("sts").get_caller_identity()["Account"] == ACCOUNT
