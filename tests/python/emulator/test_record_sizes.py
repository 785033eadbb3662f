"""How large a record and a request may be."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream

MEBIBYTE = 1024 * 1024
ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/s"


def put(stream: Stream, size: int, name: str = "s") -> None:
    """Puts a record whose partition key is one byte of its size."""
    stream.client.put_record(StreamName=name, PartitionKey="k", Data=b"x" * (size - 1))


def test_data_and_partition_key_are_a_mebibyte_at_most(stream: Stream) -> None:
    put(stream, MEBIBYTE)
    with pytest.raises(ClientError, match="ValidationException.*less than or equal to 1048576"):
        put(stream, MEBIBYTE + 1)
    records = [{"PartitionKey": "k", "Data": b"x" * size} for size in (5, MEBIBYTE)]
    with pytest.raises(ClientError, match="records.2.member.data"):
        stream.client.put_records(StreamName="s", Records=records)
    assert len(stream.page(stream.iterator())["Records"]) == 1


def test_a_stream_may_allow_up_to_ten_mebibytes(stream: Stream) -> None:
    stream.client.create_stream(StreamName="t", ShardCount=1, MaxRecordSizeInKiB=2048)
    summary = stream.client.describe_stream_summary(StreamName="t")["StreamDescriptionSummary"]
    assert summary["MaxRecordSizeInKiB"] == 2048
    put(stream, 2 * MEBIBYTE, "t")
    with pytest.raises(ClientError, match="less than or equal to 2097152"):
        put(stream, 2 * MEBIBYTE + 1, "t")
    stream.client.update_max_record_size(StreamARN=f"{ARN[:-1]}t", MaxRecordSizeInKiB=10_240)
    put(stream, 10 * MEBIBYTE, "t")
    with pytest.raises(ClientError, match="ValidationException.*less than or equal to 10240"):
        stream.client.update_max_record_size(StreamARN=ARN, MaxRecordSizeInKiB=10_241)


def test_a_request_may_have_500_records_and_ten_mebibytes(stream: Stream) -> None:
    def put_records(count: int, size: int) -> None:
        records = [{"PartitionKey": "k", "Data": b"x" * (size - 1)} for _ in range(count)]
        stream.client.put_records(StreamName="s", Records=records)

    put_records(500, 10)
    with pytest.raises(ClientError, match="between 1 and 500"):
        put_records(501, 10)
    put_records(10, MEBIBYTE)
    with pytest.raises(ClientError, match="InvalidArgumentException.*10 MB"):
        put_records(11, MEBIBYTE)


def test_refuses_keys_kinesis_refuses(stream: Stream) -> None:
    for members in ({"PartitionKey": "k" * 257}, {"PartitionKey": "k", "ExplicitHashKey": "01"}):
        with pytest.raises(ClientError, match="ValidationException"):
            stream.client.put_record(StreamName="s", Data=b"x", **members)
    with pytest.raises(ClientError, match="InvalidArgumentException"):
        stream.client.put_record(
            StreamName="s", Data=b"x", PartitionKey="k", ExplicitHashKey=str(2**128)
        )
