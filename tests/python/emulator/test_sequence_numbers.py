"""Sequence numbers have the form of Kinesis's; a shard can be read from those of its records."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.stream import Stream, names


def test_have_the_shape_of_real_ones_and_grow_with_gaps(stream: Stream) -> None:
    numbers = [number for _, number in stream.put(*[f"low-{index}" for index in range(20)])]
    assert numbers == sorted(numbers)
    assert {len(str(number)) for number in numbers} == {56}
    steps = {after - before for before, after in zip(numbers, numbers[1:], strict=False)}
    assert min(steps) > 1 and len(steps) > 10


def test_grow_from_parent_to_child_even_within_a_second(stream: Stream) -> None:
    ((_, parent),) = stream.put("low-1")
    stream.split(0)
    ((_, child),) = stream.put("low-2")
    assert child > parent + 1
    ranges = [shard["SequenceNumberRange"] for shard in stream.shards()]
    assert parent < int(ranges[0]["EndingSequenceNumber"]) < child
    assert int(ranges[0]["EndingSequenceNumber"]) < int(ranges[1]["StartingSequenceNumber"])


def test_begin_at_or_after_a_record(stream: Stream) -> None:
    _, (_, second), _ = stream.put("low-1", "low-2", "low-3")
    for kind, found in (
        ("AT_SEQUENCE_NUMBER", ["low-2", "low-3"]),
        ("AFTER_SEQUENCE_NUMBER", ["low-3"]),
    ):
        iterator = stream.iterator(0, kind, StartingSequenceNumber=str(second))
        assert names(stream.page(iterator)) == found


@pytest.mark.parametrize("kind", ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
def test_the_start_of_a_shard_is_a_position_and_the_end_of_a_closed_one_is_none(
    stream: Stream, kind: str
) -> None:
    stream.put("low-1")
    stream.split(0)
    numbers = stream.shards()[0]["SequenceNumberRange"]
    start = stream.iterator(0, kind, StartingSequenceNumber=numbers["StartingSequenceNumber"])
    assert names(stream.page(start)) == ["low-1"]
    with pytest.raises(ClientError, match="is invalid because it did not come from this stream"):
        stream.iterator(0, kind, StartingSequenceNumber=numbers["EndingSequenceNumber"])


@pytest.mark.parametrize("kind", ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
def test_refuses_numbers_that_no_record_of_the_shard_has(stream: Stream, kind: str) -> None:
    stream.split(0)
    ((_, low), (_, high)) = stream.put("low-1", "high-1")
    for number in (low - 1, low + 1, 1):
        with pytest.raises(ClientError) as caught:
            stream.iterator(1, kind, StartingSequenceNumber=str(number))
        assert caught.value.response["Error"] == {
            "Code": "InvalidArgumentException",
            "Message": f"StartingSequenceNumber {number} used in GetShardIterator on shard "
            "shardId-000000000001 in stream s under account 123456789012 is invalid because it "
            "did not come from this stream.",
        }
    with pytest.raises(ClientError, match="It encodes shardId-000000000002, while it was used"):
        stream.iterator(1, kind, StartingSequenceNumber=str(high))


@pytest.mark.parametrize("kind", ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
def test_an_expired_number_silently_begins_at_the_oldest_record(stream: Stream, kind: str) -> None:
    ((_, old),) = stream.put("low-old")
    stream.change(advanceSeconds=25 * 3600)
    stream.put("low-new")
    iterator = stream.iterator(0, kind, StartingSequenceNumber=str(old))
    assert names(stream.page(iterator)) == ["low-new"]


def test_refuses_a_number_without_its_kind_and_a_kind_without_its_number(stream: Stream) -> None:
    ((_, number),) = stream.put("low-1")
    with pytest.raises(ClientError, match="and also a StartingSequenceNumber"):
        stream.iterator(0, "TRIM_HORIZON", StartingSequenceNumber=str(number))
    with pytest.raises(ClientError, match="and no StartingSequenceNumber"):
        stream.iterator(0, "AT_SEQUENCE_NUMBER")
    with pytest.raises(ClientError, match="regular expression pattern"):
        stream.iterator(0, "AT_SEQUENCE_NUMBER", StartingSequenceNumber="01")
