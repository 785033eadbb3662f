"""A stream of the emulator keeps every record, once, whatever happens to its shards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.kinesis import models

from local.emulator.resharding import teach_resharding

MIDDLE = 2**127


@pytest.fixture
def kinesis(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    # Setting each to what it is makes monkeypatch restore it.
    monkeypatch.setattr(models, "Shard", models.Shard)
    monkeypatch.setattr(models, "Stream", models.Stream)
    monkeypatch.setattr(models.KinesisBackend, "get_records", models.KinesisBackend.get_records)
    teach_resharding()
    with mock_aws():
        client = boto3.client("kinesis", region_name="us-east-1")
        client.create_stream(StreamName="s", ShardCount=1)
        yield client


def put(kinesis: Any, *names: str) -> list[tuple[str, int]]:
    """Puts a record per name; its key decides the half of the hash range it falls into."""
    answers = [
        kinesis.put_record(
            StreamName="s",
            PartitionKey=name,
            Data=name.encode(),
            ExplicitHashKey=str(0 if name.startswith("low") else 2**128 - 1),
        )
        for name in names
    ]
    return [(answer["ShardId"][-1], int(answer["SequenceNumber"])) for answer in answers]


def shards(kinesis: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = kinesis.list_shards(StreamName="s")["Shards"]
    return found


def shard_id(number: int) -> str:
    return f"shardId-{number:012}"


def read(kinesis: Any, number: int, limit: int = 100) -> tuple[list[str], str | None, int]:
    """Names of the first records of a shard, the next iterator, milliseconds behind."""
    iterator = kinesis.get_shard_iterator(
        StreamName="s", ShardId=shard_id(number), ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    answer = kinesis.get_records(ShardIterator=iterator, Limit=limit)
    names = [record["Data"].decode() for record in answer["Records"]]
    return names, answer.get("NextShardIterator"), answer["MillisBehindLatest"]


def split(kinesis: Any, number: int) -> None:
    kinesis.split_shard(
        StreamName="s", ShardToSplit=shard_id(number), NewStartingHashKey=str(MIDDLE)
    )


def merge(kinesis: Any, one: int, other: int) -> None:
    kinesis.merge_shards(
        StreamName="s", ShardToMerge=shard_id(one), AdjacentShardToMerge=shard_id(other)
    )


def test_a_split_leaves_records_where_they_are_and_sends_later_ones_to_the_children(
    kinesis: Any,
) -> None:
    assert put(kinesis, "low-1", "high-1") == [("0", 1), ("0", 2)]
    split(kinesis, 0)
    assert put(kinesis, "low-2", "high-2", "low-3") == [("1", 3), ("2", 3), ("1", 4)]
    assert read(kinesis, 0)[0] == ["low-1", "high-1"]
    assert read(kinesis, 1)[0] == ["low-2", "low-3"]
    assert read(kinesis, 2)[0] == ["high-2"]


def test_a_merge_copies_nothing(kinesis: Any) -> None:
    split(kinesis, 0)
    put(kinesis, "low-1", "high-1", "high-2")
    merge(kinesis, 2, 1)
    assert put(kinesis, "low-2", "high-3") == [("3", 3), ("3", 4)]
    assert [read(kinesis, number)[0] for number in range(4)] == [
        [],
        ["low-1"],
        ["high-1", "high-2"],
        ["low-2", "high-3"],
    ]


def test_tells_children_and_closed_shards_apart(kinesis: Any) -> None:
    put(kinesis, "low-1")
    split(kinesis, 0)
    merge(kinesis, 1, 2)
    found = shards(kinesis)
    closed = ["EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in found]
    assert closed == [True, True, True, False]
    assert found[3]["ParentShardId"] == shard_id(1)
    assert found[3]["AdjacentParentShardId"] == shard_id(2)
    assert found[3]["HashKeyRange"] == {"StartingHashKey": "0", "EndingHashKey": str(2**128 - 1)}


def test_only_the_end_of_a_closed_shard_has_no_next_iterator(kinesis: Any) -> None:
    put(kinesis, "low-1", "high-1")
    assert read(kinesis, 0)[1] is not None
    split(kinesis, 0)
    assert read(kinesis, 0, limit=1)[1] is not None
    assert read(kinesis, 0, limit=2)[1] is None
    assert read(kinesis, 1)[1] is not None


def test_is_behind_as_long_as_there_is_more(kinesis: Any) -> None:
    put(kinesis, "low-1", "low-2", "low-3")
    names, following, behind = read(kinesis, 0, limit=2)
    assert names == ["low-1", "low-2"] and behind >= 1
    answer = kinesis.get_records(ShardIterator=following)
    assert [record["Data"] for record in answer["Records"]] == [b"low-3"]
    assert answer["MillisBehindLatest"] == 0
    assert kinesis.get_records(ShardIterator=answer["NextShardIterator"])["Records"] == []


def test_continues_after_a_sequence_number(kinesis: Any) -> None:
    split(kinesis, 0)
    put(kinesis, "low-1", "low-2", "low-3")
    iterator = kinesis.get_shard_iterator(
        StreamName="s",
        ShardId=shard_id(1),
        ShardIteratorType="AFTER_SEQUENCE_NUMBER",
        StartingSequenceNumber="2",
    )["ShardIterator"]
    answer = kinesis.get_records(ShardIterator=iterator)
    assert [record["SequenceNumber"] for record in answer["Records"]] == ["3"]


def test_refuses_what_kinesis_refuses(kinesis: Any) -> None:
    split(kinesis, 0)
    with pytest.raises(ClientError, match="was split or merged before"):
        split(kinesis, 0)
    kinesis.split_shard(
        StreamName="s", ShardToSplit=shard_id(2), NewStartingHashKey=str(3 * 2**126)
    )
    with pytest.raises(ClientError, match="are not adjacent"):
        merge(kinesis, 1, 4)
    with pytest.raises(ClientError, match="must lie between"):
        split(kinesis, 4)


def test_resizes_a_stream(kinesis: Any) -> None:
    put(kinesis, "low-1", "high-1")
    for count in (2, 1, 2):
        kinesis.update_shard_count(
            StreamName="s", TargetShardCount=count, ScalingType="UNIFORM_SCALING"
        )
        found = shards(kinesis)
        opened = [one for one in found if "EndingSequenceNumber" not in one["SequenceNumberRange"]]
        assert len(opened) == count
        put(kinesis, "low-2", "high-2")
    names = [name for number in range(len(shards(kinesis))) for name in read(kinesis, number)[0]]
    assert sorted(names) == ["high-1", "high-2", "high-2", "high-2", "low-1"] + ["low-2"] * 3
