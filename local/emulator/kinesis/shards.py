"""One shard: its hash keys, its parents, its records and its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from local.emulator.kinesis.limits import ShardLimits
from local.emulator.kinesis.records import RecordLog
from local.emulator.kinesis.sequence_numbers import SequenceNumbers


@dataclass
class Activity:
    """Counts of what was asked of a shard, to be compared with the quotas.

    Attributes:
        get_shard_iterator: Calls that were answered.
        get_records: Calls that were answered.
        throttled: Calls of both that were throttled.
        records_read: Records in the answers.
        bytes_read: Their data and partition keys.
    """

    get_shard_iterator: int = 0
    get_records: int = 0
    throttled: int = 0
    records_read: int = 0
    bytes_read: int = 0


class Shard:
    """A shard of a stream.

    Args:
        number: Its number within the stream, part of its id.
        starting_hash: Its first hash key.
        ending_hash: Its last hash key.
        numbers: Creates the sequence numbers of its records.
        opened: When it was created, in milliseconds since 1970.
        parents: None, the shard that was split, or the two that were merged.
    """

    def __init__(
        self,
        number: int,
        starting_hash: int,
        ending_hash: int,
        numbers: SequenceNumbers,
        opened: int,
        parents: Sequence[Shard] = (),
    ) -> None:
        self.number = number
        self.shard_id = f"shardId-{number:012}"
        self.starting_hash = starting_hash
        self.ending_hash = ending_hash
        self.numbers = numbers
        self.opened = opened
        self.closed: int | None = None
        self.parent_ids = [parent.shard_id for parent in parents]
        self.log = RecordLog()
        self.limits = ShardLimits()
        self.activity = Activity()

    @property
    def is_open(self) -> bool:
        """Whether records may be put; moto reads this property, too."""
        return self.closed is None

    def knows(self, number: int) -> bool:
        """Whether an iterator may begin at this sequence number.

        It may at the number of a record, at that of one that has expired (Kinesis then begins at
        the oldest record without an error), and at the StartingSequenceNumber, but not at the
        EndingSequenceNumber of a closed shard, which no record has.
        """
        return self.numbers.starting <= number <= self.log.trimmed or (
            number == self.numbers.starting or self.log.holds(number)
        )

    def hash_keys(self) -> dict[str, str]:
        """Returns the HashKeyRange of the API."""
        return {"StartingHashKey": str(self.starting_hash), "EndingHashKey": str(self.ending_hash)}

    def describe(self) -> dict[str, Any]:
        """Returns the Shard of ListShards and DescribeStream."""
        numbers = {"StartingSequenceNumber": str(self.numbers.starting)}
        if self.closed is not None:
            numbers["EndingSequenceNumber"] = str(self.numbers.ending(self.closed))
        names = ("ParentShardId", "AdjacentParentShardId")
        return {
            "ShardId": self.shard_id,
            **dict(zip(names, self.parent_ids, strict=False)),
            "HashKeyRange": self.hash_keys(),
            "SequenceNumberRange": numbers,
        }

    def describe_as_child(self) -> dict[str, Any]:
        """Returns the ChildShard of GetRecords."""
        return {
            "ShardId": self.shard_id,
            "ParentShards": self.parent_ids,
            "HashKeyRange": self.hash_keys(),
        }
