"""CBOR as the AWS SDK for Java speaks it: blobs are bytes, times are tag 1 with milliseconds."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import cbor2
import pytest

from local.emulator.server import EmulatorServer
from tests.python.emulator.stream import Stream

CBOR = "application/x-amz-cbor-1.1"
BEGINNING_MILLISECONDS = 1_800_000_000_000


SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=local/20270115/us-east-1/kinesis/aws4_request, "
    "SignedHeaders=host, Signature=0"
)


class Refused(Exception):
    """An answer that is not 200: its `x-amzn-ErrorType` and its body."""


@pytest.fixture
def call(stream: Stream, server: EmulatorServer) -> Any:
    """Returns a function that calls an action in CBOR; tags of the answer stay tags."""

    def send(action: str, **members: Any) -> Any:
        request = request_of(server, action, cbor2.dumps(members))
        try:
            with urllib.request.urlopen(request) as answer:
                assert answer.headers["Content-Type"] == CBOR
                return decode(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                assert (error.code, error.headers["Content-Type"]) == (400, CBOR)
                raise Refused(error.headers["x-amzn-ErrorType"], decode(error.read())) from None

    return send


def request_of(server: EmulatorServer, action: str, body: bytes) -> urllib.request.Request:
    """Returns a request in CBOR."""
    headers = {
        "Authorization": SIGNATURE,
        "Content-Type": CBOR,
        "X-Amz-Target": f"Kinesis_20131202.{action}",
    }
    return urllib.request.Request(server.url, body, headers)


def decode(body: bytes) -> Any:
    """Returns the answer with its times as `("time", milliseconds)`."""
    return cbor2.loads(body, semantic_decoders={1: lambda value, _: ("time", value)})


def test_puts_and_gets_bytes_and_times(call: Any) -> None:
    call("PutRecord", StreamName="s", PartitionKey="k", Data=b"\x00\xff")
    put = call("PutRecords", StreamName="s", Records=[{"PartitionKey": "k", "Data": b"\x01"}])
    assert put["FailedRecordCount"] == 0
    iterator = call(
        "GetShardIterator",
        StreamName="s",
        ShardId="shardId-000000000000",
        ShardIteratorType="TRIM_HORIZON",
    )["ShardIterator"]
    page = call("GetRecords", ShardIterator=iterator)
    assert [record["Data"] for record in page["Records"]] == [b"\x00\xff", b"\x01"]
    assert page["Records"][1]["SequenceNumber"] == put["Records"][0]["SequenceNumber"]
    assert page["Records"][0]["ApproximateArrivalTimestamp"] == ("time", BEGINNING_MILLISECONDS)


def test_reads_a_time_as_milliseconds(call: Any, stream: Stream) -> None:
    for seconds in (10, 0):
        stream.put(f"low-{seconds}")
        stream.change(advanceSeconds=seconds)

    def iterator(milliseconds: int) -> str:
        answer = call(
            "GetShardIterator",
            StreamName="s",
            ShardId="shardId-000000000000",
            ShardIteratorType="AT_TIMESTAMP",
            Timestamp=cbor2.CBORTag(1, BEGINNING_MILLISECONDS + milliseconds),
        )
        return str(answer["ShardIterator"])

    page = call("GetRecords", ShardIterator=iterator(1))
    assert [record["Data"] for record in page["Records"]] == [b"low-0"]
    with pytest.raises(Refused) as caught:
        iterator(10_001)
    code, body = caught.value.args
    assert code == body["__type"] == "InvalidArgumentException"
    assert body["message"].endswith(
        "timestampInMillis: 1800000010001, currentTimestampInMillis: 1800000010000"
    )


def test_refuses_a_limit_below_one_which_some_clients_do_not_check(call: Any) -> None:
    with pytest.raises(Refused, match="ValidationException"):
        call("GetRecords", ShardIterator="AAAA", Limit=0)


def test_refuses_in_cbor_what_moto_answers(call: Any) -> None:
    with pytest.raises(Refused, match="UnknownOperationException.*in JSON only"):
        call("ListTagsForStream", StreamName="s")


def test_refuses_in_cbor_what_it_cannot_read(server: EmulatorServer, stream: Stream) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request_of(server, "ListShards", b'{"StreamName": "s"}'))
    with caught.value as error:
        assert decode(error.read())["__type"] == "SerializationException"
