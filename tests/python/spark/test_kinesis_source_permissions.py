"""The error messages for a wrong role or region of the job."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.python.spark.kinesis_query import KinesisQuery, Stream
from tests.reliability.faults.http_head import Request
from tests.reliability.faults.proxy import Fault, FaultProxy


@pytest.mark.parametrize(
    "action", ["DescribeStreamSummary", "ListShards", "GetShardIterator", "GetRecords"]
)
def test_an_action_that_the_role_may_not_use(
    spark: SparkSession, stream: Stream, tmp_path: Path, action: str
) -> None:
    def deny(request: Request) -> Fault | None:
        target = request.headers.get("x-amz-target", "")
        return Fault.ACCESS_DENIED if target.endswith(f".{action}") else None

    proxy = FaultProxy(stream.url)
    proxy.set_rule(deny)
    try:
        sentence = KinesisQuery(spark, stream, tmp_path, {"endpointUrl": proxy.url}).refusal()
    finally:
        proxy.close()
    assert f'The job may not kinesis:{action} on stream "{stream.name}"' in sentence
    assert "Allow the action in the policy of its role." in sentence


def test_a_region_where_the_stream_is_not(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    sentence = KinesisQuery(spark, stream, tmp_path, {"region": "eu-west-1"}).refusal()
    assert f'Stream "{stream.name}" does not exist in ' in sentence
    assert "eu-west-1" in sentence
    assert "the region" in sentence
