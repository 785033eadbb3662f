"""Options of the sources: the limits of a micro-batch, and the endpoint."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from streaming_ml.arguments import StreamingJobArguments, parse_arguments
from streaming_ml.sources import (
    aws_kinesis_options,
    kinesis_endpoint,
    kinesis_ranges_options,
)

CONTRACT = Path(__file__).parents[3] / "contracts" / "streaming-job-arguments.json"


@pytest.fixture
def arguments() -> StreamingJobArguments:
    return parse_arguments(json.loads(CONTRACT.read_text()))


@pytest.fixture
def connector(arguments: StreamingJobArguments) -> StreamingJobArguments:
    return dataclasses.replace(arguments, source="aws-kinesis", max_records_per_shard=2000)


def test_options_of_this_project_s_source(arguments: StreamingJobArguments) -> None:
    assert kinesis_ranges_options(arguments) == {
        "streamName": "events-1a2b3c4",
        "region": "us-east-1",
        "batchSeconds": "2",
        "spanSeconds": "5",
    }


def test_the_trigger_may_be_a_part_of_a_second(arguments: StreamingJobArguments) -> None:
    faster = dataclasses.replace(arguments, trigger_seconds=0.2)
    assert kinesis_ranges_options(faster)["batchSeconds"] == "0.2"


def test_options_of_the_connector_on_emr(connector: StreamingJobArguments) -> None:
    assert aws_kinesis_options(connector, {}) == {
        "kinesis.region": "us-east-1",
        "kinesis.kinesisRegion": "us-east-1",
        "kinesis.streamName": "events-1a2b3c4",
        "kinesis.consumerType": "GetRecords",
        "kinesis.endpointUrl": "https://kinesis.us-east-1.amazonaws.com",
        "kinesis.startingPosition": "TRIM_HORIZON",
        "kinesis.failOnDataLoss": "true",
        "kinesis.maxFetchRecordsPerShard": "2000",
        "kinesis.maxFetchTimePerShardSec": "10",
        "kinesis.internal.dataQueueWaitTimeoutSec": "1",
        "kinesis.internal.maxDataQueueEmptyCount": "6",
    }


def test_reads_through_a_consumer_of_its_own(connector: StreamingJobArguments) -> None:
    polling = aws_kinesis_options(connector, {})
    fanned_out = aws_kinesis_options(dataclasses.replace(connector, consumer="events-consumer"), {})
    assert set(fanned_out.items()) - set(polling.items()) == {
        ("kinesis.consumerType", "SubscribeToShard"),
        ("kinesis.consumerName", "events-consumer"),
    }
    assert set(polling) < set(fanned_out)


@pytest.mark.parametrize(
    ("environment", "endpoint"),
    [
        ({}, "https://kinesis.eu-west-1.amazonaws.com"),
        ({"AWS_ENDPOINT_URL": "http://all"}, "http://all"),
        ({"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_KINESIS": "http://k"}, "http://k"),
        ({"AWS_ENDPOINT_URL": ""}, "https://kinesis.eu-west-1.amazonaws.com"),
    ],
)
def test_finds_the_endpoint(environment: dict[str, str], endpoint: str) -> None:
    assert kinesis_endpoint("eu-west-1", environment) == endpoint
