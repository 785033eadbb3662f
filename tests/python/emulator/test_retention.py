"""Records and closed shards are gone when their retention is over."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream, names

HOUR = 3600


def test_records_expire_one_by_one(stream: Stream) -> None:
    stream.put("low-1")
    iterator = stream.iterator()
    stream.change(advanceSeconds=HOUR)
    stream.put("low-2")
    stream.change(advanceSeconds=23 * HOUR)
    assert stream.read() == ["low-1", "low-2"]
    stream.change(advanceSeconds=1)
    assert stream.read() == ["low-2"]
    with pytest.raises(ClientError, match="ExpiredIteratorException"):
        stream.page(iterator)
    stream.change(advanceSeconds=HOUR)
    assert stream.read() == []
    stream.put("low-3")
    assert stream.read() == ["low-3"]


def test_a_held_iterator_goes_on_at_the_oldest_record(stream: Stream) -> None:
    stream.put("low-1", "low-2")
    stream.change(advanceSeconds=24 * HOUR)
    page = stream.page(stream.iterator(), limit=1)
    assert names(page) == ["low-1"]
    stream.change(advanceSeconds=1)
    stream.put("low-3")
    assert names(stream.page(page["NextShardIterator"])) == ["low-3"]


def test_a_closed_shard_is_gone_with_its_last_record(stream: Stream) -> None:
    stream.put("low-1")
    stream.change(advanceSeconds=HOUR)
    stream.split(0)
    stream.change(advanceSeconds=24 * HOUR - 1)
    assert [shard["ShardId"][-1] for shard in stream.shards()] == ["0", "1", "2"]
    stream.change(advanceSeconds=1)
    found = stream.shards()
    assert [shard["ShardId"][-1] for shard in found] == ["1", "2"]
    assert found[0]["ParentShardId"] == "shardId-000000000000"
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        stream.iterator(0)


def test_a_longer_retention_keeps_and_a_shorter_one_drops_for_good(stream: Stream) -> None:
    client = stream.client
    stream.put("low-1")
    client.increase_stream_retention_period(StreamName="s", RetentionPeriodHours=48)
    stream.change(advanceSeconds=25 * HOUR)
    assert stream.read() == ["low-1"]
    client.decrease_stream_retention_period(StreamName="s", RetentionPeriodHours=24)
    client.increase_stream_retention_period(StreamName="s", RetentionPeriodHours=48)
    assert stream.read() == []


def test_a_longer_retention_does_not_bring_back_what_expired_unseen(stream: Stream) -> None:
    stream.put("low-1")
    stream.change(advanceSeconds=25 * HOUR)
    stream.client.increase_stream_retention_period(StreamName="s", RetentionPeriodHours=48)
    assert stream.read() == []


def test_refuses_retention_periods_that_kinesis_refuses(stream: Stream) -> None:
    client = stream.client
    with pytest.raises(ClientError, match="too short"):
        client.decrease_stream_retention_period(StreamName="s", RetentionPeriodHours=23)
    with pytest.raises(ClientError, match="too long"):
        client.increase_stream_retention_period(StreamName="s", RetentionPeriodHours=8761)
    with pytest.raises(ClientError, match="can not be longer than existing"):
        client.decrease_stream_retention_period(StreamName="s", RetentionPeriodHours=25)
