"""What a shard answers a second, and refusals made on purpose."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream

MEBIBYTE = 1024 * 1024
TOO_MANY = "ProvisionedThroughputExceededException"


def test_answers_five_calls_of_each_kind_a_second_and_shard(stream: Stream) -> None:
    stream.split(0)
    stream.change(readCallLimits=True)
    iterators = [stream.iterator(1) for _ in range(5)]
    with pytest.raises(ClientError) as caught:
        stream.iterator(1)
    assert caught.value.response["Error"] == {
        "Code": TOO_MANY,
        "Message": "Rate exceeded for Shard - 123456789012/s/shardId-000000000001",
    }
    for iterator in iterators:
        stream.page(iterator)
    with pytest.raises(ClientError, match=TOO_MANY):
        stream.page(iterators[0])
    stream.iterator(2)
    stream.change(advanceSeconds=1)
    stream.iterator(1)
    stream.page(iterators[0])


def test_gives_nothing_for_five_seconds_after_ten_mebibytes(stream: Stream) -> None:
    stream.change(readByteLimits=True)
    for _ in range(11):
        stream.client.put_record(StreamName="s", PartitionKey="k", Data=b"x" * (MEBIBYTE - 1))
    page = stream.page(stream.iterator())
    assert len(page["Records"]) == 10
    stream.change(advanceSeconds=4.9)
    with pytest.raises(ClientError, match=TOO_MANY):
        stream.page(page["NextShardIterator"])
    stream.change(advanceSeconds=0.1)
    assert len(stream.page(page["NextShardIterator"])["Records"]) == 1


def test_gives_two_mebibytes_a_second(stream: Stream) -> None:
    stream.change(readByteLimits=True)
    for _ in range(3):
        stream.client.put_record(StreamName="s", PartitionKey="k", Data=b"x" * (MEBIBYTE - 1))
    page = stream.page(stream.iterator(), limit=1)
    page = stream.page(page["NextShardIterator"], limit=1)
    with pytest.raises(ClientError, match=TOO_MANY):
        stream.page(page["NextShardIterator"], limit=1)
    stream.change(advanceSeconds=1)
    assert len(stream.page(page["NextShardIterator"])["Records"]) == 1


def test_has_no_limits_of_bytes_by_default(stream: Stream) -> None:
    for _ in range(3):
        records = [{"PartitionKey": "k", "Data": b"x" * 4096} for _ in range(500)]
        assert stream.client.put_records(StreamName="s", Records=records)["FailedRecordCount"] == 0
    for _ in range(3):
        assert len(stream.page(stream.iterator(), limit=10_000)["Records"]) == 1500


def test_refuses_one_of_four_reads_and_no_write(stream: Stream) -> None:
    iterator = stream.iterator()
    stream.change(throttleOneOf=4)
    outcomes = []
    for _ in range(8):
        stream.put("low-1")
        try:
            stream.page(iterator)
            outcomes.append("answered")
        except ClientError as error:
            outcomes.append(error.response["Error"]["Code"])
    # The iterator was the first of the reads that are counted.
    answered = "answered"
    assert outcomes == [
        answered,
        answered,
        TOO_MANY,
        answered,
        answered,
        answered,
        TOO_MANY,
        answered,
    ]
