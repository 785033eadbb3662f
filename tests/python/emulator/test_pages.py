"""Pages of GetRecords: their size, their end, and those without a record."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream, names

MEBIBYTE = 1024 * 1024


def test_is_behind_as_long_as_there_is_more(stream: Stream) -> None:
    stream.put("low-1", "low-2", "low-3")
    page = stream.page(stream.iterator(), limit=2)
    assert names(page) == ["low-1", "low-2"] and page["MillisBehindLatest"] == 1
    stream.change(advanceSeconds=5)
    page = stream.page(stream.iterator(), limit=2)
    assert page["MillisBehindLatest"] == 5000
    page = stream.page(page["NextShardIterator"])
    assert names(page) == ["low-3"] and page["MillisBehindLatest"] == 0
    assert names(stream.page(page["NextShardIterator"])) == []


def test_latest_sees_only_what_comes_after(stream: Stream) -> None:
    stream.put("low-1")
    iterator = stream.iterator(0, "LATEST")
    stream.put("low-2")
    assert names(stream.page(iterator)) == ["low-2"]


def test_refuses_limits_that_kinesis_refuses(stream: Stream) -> None:
    stream.page(stream.iterator(), limit=10_000)
    with pytest.raises(ClientError, match="InvalidArgumentException.*at most 10000"):
        stream.page(stream.iterator(), limit=10_001)


def test_a_page_holds_ten_mebibytes_at_most_but_always_a_record(stream: Stream) -> None:
    stream.client.update_max_record_size(
        StreamARN="arn:aws:kinesis:us-east-1:123456789012:stream/s", MaxRecordSizeInKiB=10_240
    )
    for megabytes in (4, 5, 2, 10):
        stream.client.put_record(
            StreamName="s", PartitionKey="k", Data=b"x" * (megabytes * MEBIBYTE - 1)
        )
    sizes, iterator = [], stream.iterator()
    for _ in range(3):
        page = stream.page(iterator)
        iterator = page["NextShardIterator"]
        sizes.append([round(len(record["Data"]) / MEBIBYTE) for record in page["Records"]])
    assert sizes == [[4, 5], [2], [10]]
