"""Resharding keeps every record exactly once."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream, shard_id


def test_a_split_leaves_records_where_they_are_and_sends_later_ones_to_the_children(
    stream: Stream,
) -> None:
    assert [shard for shard, _ in stream.put("low-1", "high-1")] == ["0", "0"]
    stream.split(0)
    assert [shard for shard, _ in stream.put("low-2", "high-2", "low-3")] == ["1", "2", "1"]
    assert stream.read(0) == ["low-1", "high-1"]
    assert stream.read(1) == ["low-2", "low-3"]
    assert stream.read(2) == ["high-2"]


def test_a_merge_does_not_copy_records(stream: Stream) -> None:
    stream.split(0)
    stream.put("low-1", "high-1", "high-2")
    stream.merge(2, 1)
    assert [shard for shard, _ in stream.put("low-2", "high-3")] == ["3", "3"]
    assert [stream.read(number) for number in range(4)] == [
        [],
        ["low-1"],
        ["high-1", "high-2"],
        ["low-2", "high-3"],
    ]


def test_lists_children_and_closed_shards(stream: Stream) -> None:
    stream.put("low-1")
    stream.split(0)
    stream.merge(1, 2)
    found = stream.shards()
    closed = ["EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in found]
    assert closed == [True, True, True, False]
    assert found[3]["ParentShardId"] == shard_id(1)
    assert found[3]["AdjacentParentShardId"] == shard_id(2)
    assert found[3]["HashKeyRange"] == {"StartingHashKey": "0", "EndingHashKey": str(2**128 - 1)}


def test_only_the_end_of_a_closed_shard_has_no_next_iterator_but_children(stream: Stream) -> None:
    stream.put("low-1", "high-1")
    assert stream.page(stream.iterator())["NextShardIterator"]
    stream.split(0)
    middle = stream.page(stream.iterator(), limit=1)
    assert middle["NextShardIterator"] and "ChildShards" not in middle
    end = stream.page(middle["NextShardIterator"])
    assert "NextShardIterator" not in end and end["MillisBehindLatest"] == 0
    assert end["ChildShards"] == [
        {
            "ShardId": shard_id(1),
            "ParentShards": [shard_id(0)],
            "HashKeyRange": {"StartingHashKey": "0", "EndingHashKey": str(2**127 - 1)},
        },
        {
            "ShardId": shard_id(2),
            "ParentShards": [shard_id(0)],
            "HashKeyRange": {"StartingHashKey": str(2**127), "EndingHashKey": str(2**128 - 1)},
        },
    ]
    assert stream.page(stream.iterator(1))["NextShardIterator"]


def test_names_both_parents_of_a_merged_child(stream: Stream) -> None:
    stream.split(0)
    stream.merge(2, 1)
    (child,) = stream.page(stream.iterator(1))["ChildShards"]
    assert child["ShardId"] == shard_id(3)
    assert child["ParentShards"] == [shard_id(2), shard_id(1)]


def test_refuses_what_kinesis_refuses(stream: Stream) -> None:
    stream.split(0)
    with pytest.raises(ClientError, match="has already been merged or split"):
        stream.split(0)
    stream.split(2, 3 * 2**126)
    with pytest.raises(ClientError, match="are not an adjacent pair"):
        stream.merge(1, 4)
    with pytest.raises(ClientError, match="is not both greater"):
        stream.split(4)


def test_resizes_a_stream(stream: Stream) -> None:
    stream.put("low-1", "high-1")
    for count in (2, 1, 2):
        stream.client.update_shard_count(
            StreamName="s", TargetShardCount=count, ScalingType="UNIFORM_SCALING"
        )
        opened = [
            shard
            for shard in stream.shards()
            if "EndingSequenceNumber" not in shard["SequenceNumberRange"]
        ]
        assert len(opened) == count
        summary = stream.client.describe_stream_summary(StreamName="s")
        assert summary["StreamDescriptionSummary"]["OpenShardCount"] == count
        stream.put("low-2", "high-2")
    found = [name for number in range(len(stream.shards())) for name in stream.read(number)]
    assert sorted(found) == ["high-1", "high-2", "high-2", "high-2", "low-1"] + ["low-2"] * 3


def test_lists_shards_in_pages_and_by_filter(stream: Stream) -> None:
    stream.change(advanceSeconds=10)
    stream.split(0)
    stream.change(advanceSeconds=10)
    client = stream.client
    first = client.list_shards(StreamName="s", MaxResults=2)
    second = client.list_shards(NextToken=first["NextToken"], MaxResults=2)
    assert [len(first["Shards"]), len(second["Shards"])] == [2, 1]
    assert "NextToken" not in second

    def filtered(**conditions: object) -> list[str]:
        found = client.list_shards(StreamName="s", ShardFilter=conditions)["Shards"]
        return [shard["ShardId"][-1] for shard in found]

    assert filtered(Type="AT_LATEST") == ["1", "2"]
    assert filtered(Type="AT_TRIM_HORIZON") == ["0"]
    assert filtered(Type="AFTER_SHARD_ID", ShardId=shard_id(0)) == ["1", "2"]
    assert filtered(Type="AT_TIMESTAMP", Timestamp=1_800_000_005) == ["0"]
    assert filtered(Type="FROM_TIMESTAMP", Timestamp=1_800_000_005) == ["0", "1", "2"]
    assert filtered(Type="FROM_TIMESTAMP", Timestamp=1_800_000_015) == ["1", "2"]
