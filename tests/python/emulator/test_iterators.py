"""Iterators live for five minutes, and belong to one stream."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream, names


def test_an_iterator_expires_after_five_minutes(stream: Stream) -> None:
    stream.put("low-1")
    iterator = stream.iterator()
    stream.change(advanceSeconds=300)
    following = stream.page(iterator)["NextShardIterator"]
    stream.change(advanceSeconds=1)
    with pytest.raises(ClientError) as caught:
        stream.page(iterator)
    assert caught.value.response["Error"] == {
        "Code": "ExpiredIteratorException",
        "Message": "Iterator expired. The iterator was created at time Fri Jan 15 08:00:00 UTC "
        "2027 while right now it is Fri Jan 15 08:05:01 UTC 2027 which is further in the future "
        "than the tolerated delay of 300000 milliseconds.",
    }
    assert names(stream.page(following)) == []


def test_refuses_what_is_not_an_iterator(stream: Stream) -> None:
    for text in ("AAAA", "not base64!", "W10="):
        with pytest.raises(ClientError, match="Invalid ShardIterator"):
            stream.page(text)


def test_an_iterator_of_a_deleted_stream_is_not_valid_for_a_later_one(stream: Stream) -> None:
    iterator = stream.iterator()
    stream.client.delete_stream(StreamName="s")
    with pytest.raises(ClientError, match="Stream s under account 123456789012 not found"):
        stream.page(iterator)
    stream.change(advanceSeconds=1)
    stream.client.create_stream(StreamName="s", ShardCount=1)
    with pytest.raises(ClientError, match="belongs to a stream that was deleted"):
        stream.page(iterator)


def test_refuses_a_kind_and_a_shard_that_do_not_exist(stream: Stream) -> None:
    with pytest.raises(ClientError, match="enum value set"):
        stream.iterator(0, "FIRST")
    with pytest.raises(ClientError) as caught:
        stream.iterator(7)
    assert caught.value.response["Error"] == {
        "Code": "ResourceNotFoundException",
        "Message": "Shard shardId-000000000007 in stream s under account 123456789012 does not "
        "exist",
    }
