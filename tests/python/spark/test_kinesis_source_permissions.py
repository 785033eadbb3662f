"""What a person reads when the job's role or region is not the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from streaming_ml.last_cause import last_cause

from tests.python.spark.kinesis_query import KinesisQuery, Stream
from tests.reliability.faults.http_head import Request
from tests.reliability.faults.proxy import Fault, FaultProxy


def refusal_of(query: KinesisQuery) -> str:
    """Starts a query and returns why it ended, as the job reports it."""
    with pytest.raises(Exception) as caught:  # noqa: B017, PT011
        query.start().awaitTermination(30)
    return last_cause(caught.value)


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
        sentence = refusal_of(KinesisQuery(spark, stream, tmp_path, {"endpointUrl": proxy.url}))
    finally:
        proxy.close()
    assert f'The job may not kinesis:{action} on stream "{stream.name}"' in sentence
    assert "Allow the action in the policy of its role." in sentence


def test_a_region_where_the_stream_is_not(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    sentence = refusal_of(KinesisQuery(spark, stream, tmp_path, {"region": "eu-west-1"}))
    assert f'Stream "{stream.name}" does not exist in ' in sentence
    assert "eu-west-1" in sentence
    assert "the region" in sentence
