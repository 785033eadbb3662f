"""A stream: its shards, how they are split and merged, and how long they are kept.

The records of a closed shard stay in it until they expire; later records go to its children and
have greater sequence numbers (developer guide, "Resharding a stream").
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence

from moto.kinesis import models

from local.emulator.clock import Clock
from local.emulator.kinesis.failures import invalid_argument, not_found
from local.emulator.kinesis.sequence_numbers import SequenceNumbers
from local.emulator.kinesis.shards import Shard

_MILLISECONDS_PER_HOUR = 3_600_000
_DEFAULT_MAXIMUM_RECORD_KIB = 1024


class Stream(models.Stream):
    """A stream with the shards of this package; moto keeps its tags, consumers and the like.

    Args:
        name: Its name.
        shard_count: Shards at the beginning; moto makes it 4 for an on-demand stream.
        mode: StreamModeDetails of the request, if it has any.
        clock: Time of the stream.
        account_id: Part of its ARN.
        region: Part of its ARN.
    """

    # moto's own methods use nothing of its shards that ours do not have.
    shards: dict[str, Shard]  # type: ignore[assignment]

    def __init__(
        self,
        name: str,
        shard_count: int,
        mode: dict[str, str] | None,
        clock: Clock,
        account_id: str,
        region: str,
    ) -> None:
        self._clock = clock
        self._open: list[Shard] = []
        self._shards_made = 0
        self.created = clock.milliseconds()
        self.maximum_record_kib = _DEFAULT_MAXIMUM_RECORD_KIB
        super().__init__(
            name,
            shard_count,
            stream_mode=mode,
            retention_period_hours=None,
            account_id=account_id,
            region_name=region,
        )

    def is_created(self) -> bool:
        """Whether the stream exists; moto asks every resource."""
        return True

    def init_shards(self, shard_count: int) -> None:
        """Creates the first shards; moto's own constructor calls it."""
        self.shard_count = shard_count
        size = 2**128 // shard_count
        for number in range(shard_count):
            last = number == shard_count - 1
            self._add(number * size, 2**128 - 1 if last else (number + 1) * size - 1)

    @property
    def retention_milliseconds(self) -> int:
        """How long a record is kept."""
        return int(self.retention_period_hours) * _MILLISECONDS_PER_HOUR

    def shard(self, shard_id: str) -> Shard:
        """Returns a shard without its expired records.

        Raises:
            KinesisError: There is none, or all records of the closed shard have expired.
        """
        found = self.listed_shards().get(shard_id)
        if found is None:
            raise not_found(
                f"Shard {shard_id} in stream {self.stream_name} under account {self.account_id} "
                "does not exist"
            )
        found.log.expire(self._clock.milliseconds() - self.retention_milliseconds)
        return found

    def listed_shards(self) -> dict[str, Shard]:
        """Returns open shards, and closed ones that may hold records, by id and in order."""
        horizon = self._clock.milliseconds() - self.retention_milliseconds
        expired = [
            shard_id
            for shard_id, shard in self.shards.items()
            if shard.closed is not None and shard.closed <= horizon
        ]
        for shard_id in expired:
            del self.shards[shard_id]
        return self.shards

    @property
    def open_shard_count(self) -> int:
        """How many shards are open."""
        return len(self._open)

    def shard_for_key(self, partition_key: str, explicit_hash_key: str | None) -> Shard:
        """Returns the open shard to which a record with this key goes."""
        if explicit_hash_key is None:
            digest = hashlib.md5(partition_key.encode(), usedforsecurity=False).digest()
            key = int.from_bytes(digest)
        else:
            key = int(explicit_hash_key)
        return self._open[bisect_right(self._open, key, key=lambda shard: shard.starting_hash) - 1]

    def children_of(self, shard: Shard) -> list[Shard]:
        """Returns the shards that the shard was split or merged into."""
        return [other for other in self.shards.values() if shard.shard_id in other.parent_ids]

    def split_shard(self, shard_to_split: str, new_starting_hash_key: str) -> None:
        """Replaces a shard by two; the second one begins at the hash key."""
        shard = self._open_shard(shard_to_split)
        begin = int(new_starting_hash_key)
        if not shard.starting_hash + 1 < begin < shard.ending_hash:
            raise invalid_argument(
                f"NewStartingHashKey {begin} used in SplitShard() on shard {shard_to_split} in "
                f"stream {self.stream_name} under account {self.account_id} is not both greater "
                f"than one plus the shard's StartingHashKey {shard.starting_hash} and less than "
                f"the shard's EndingHashKey {shard.ending_hash}."
            )
        self._close(shard)
        self._add(shard.starting_hash, begin - 1, [shard])
        self._add(begin, shard.ending_hash, [shard])

    def merge_shards(self, shard_to_merge: str, adjacent_shard_to_merge: str) -> None:
        """Replaces two adjacent shards by one."""
        parents = [self._open_shard(shard_to_merge), self._open_shard(adjacent_shard_to_merge)]
        lower, upper = sorted(parents, key=lambda shard: shard.starting_hash)
        if lower.ending_hash + 1 != upper.starting_hash:
            raise invalid_argument(
                f"Shards {shard_to_merge} and {adjacent_shard_to_merge} in stream "
                f"{self.stream_name} under account {self.account_id} are not an adjacent pair of "
                "shards eligible for merging"
            )
        self._close(*parents)
        self._add(lower.starting_hash, upper.ending_hash, parents)

    def _open_shard(self, shard_id: str) -> Shard:
        found = self.listed_shards().get(shard_id)
        if found is None:
            raise not_found(
                f"Could not find shard {shard_id} in stream {self.stream_name} under account "
                f"{self.account_id}."
            )
        if not found.is_open:
            raise invalid_argument(
                f"Shard {shard_id} in stream {self.stream_name} under account {self.account_id} "
                "has already been merged or split, and thus is not eligible for merging or "
                "splitting."
            )
        return found

    def _close(self, *shards: Shard) -> None:
        now = self._clock.milliseconds()
        for shard in shards:
            shard.closed = now
            self._open.remove(shard)

    def _add(self, begin: int, end: int, parents: Sequence[Shard] = ()) -> None:
        now = self._clock.milliseconds()
        number = self._shards_made
        self._shards_made += 1
        # A child's numbers are greater than its parents', even where the clock was turned back.
        born = max([now // 1000, *(parent.numbers.birth_seconds + 1 for parent in parents)])
        numbers = SequenceNumbers(number, born)
        child = Shard(number, begin, end, numbers, now, parents)
        self.shards[child.shard_id] = child
        self._open.append(child)
        self._open.sort(key=lambda shard: shard.starting_hash)
        self.shard_count = len(self._open)
