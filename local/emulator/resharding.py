"""Kinesis's rules for a stream whose shards are split and merged, where moto has others.

In moto a split puts the parent's records on the stream again, a merge copies them, a closed shard
goes on taking records, and every shard counts its sequence numbers from 1. In Kinesis (developer
guide, "Resharding a stream") the records of a closed shard stay where they are until they expire,
later ones go to its children with higher sequence numbers, and a closed shard that was read to its
end has no next iterator.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence

from moto.kinesis import models
from moto.kinesis.exceptions import InvalidArgumentError
from moto.kinesis.utils import decompose_shard_iterator

# The server answers in threads: a record put on a shard that is being closed must not be missed.
_writing = threading.RLock()

_original_get_records = models.KinesisBackend.get_records


class _Shard(models.Shard):
    """A shard whose sequence numbers go on from those of its parents.

    Within a shard they have no gap, so a position is found without looking at what lies before.
    """

    numbers_begin_after = 0

    def put_record(self, partition_key: str, data: str, explicit_hash_key: str) -> str:
        number = self.get_max_sequence_number() + 1
        self.records[number] = models.Record(partition_key, data, number, explicit_hash_key)
        return str(number)

    def get_max_sequence_number(self) -> int:
        return self.numbers_begin_after + len(self.records)

    def get_min_sequence_number(self) -> int:
        return self.numbers_begin_after + 1

    def get_records(
        self, last_sequence_id: str, limit: int | None
    ) -> tuple[list[models.Record], int, int]:
        begin = max(int(last_sequence_id), self.numbers_begin_after) + 1
        newest = self.get_max_sequence_number()
        last = newest if limit is None else min(newest, begin + limit - 1)
        if last < begin:
            return [], int(last_sequence_id), 0
        found = [self.records[number] for number in range(begin, last + 1)]
        behind = self.records[newest].created_at - found[-1].created_at
        # Behind by less than a millisecond is behind: only 0 means that there is nothing more.
        return found, last, max(1, int(behind * 1000)) if last < newest else 0


class _Stream(models.Stream):
    """A stream of which only open shards take records."""

    def get_shard_for_key(self, partition_key: str, explicit_hash_key: str) -> models.Shard | None:
        digest = hashlib.md5(partition_key.encode(), usedforsecurity=False).hexdigest()
        key = int(explicit_hash_key) if explicit_hash_key else int(digest, 16)
        return next(
            shard
            for shard in self.shards.values()
            if shard.is_open and shard.starting_hash <= key <= shard.ending_hash
        )

    def put_record(self, partition_key: str, explicit_hash_key: str, data: str) -> tuple[str, str]:
        with _writing:
            result: tuple[str, str] = super().put_record(partition_key, explicit_hash_key, data)
        return result

    def split_shard(self, shard_to_split: str, new_starting_hash_key: str) -> None:
        with _writing:
            self._split(shard_to_split, int(new_starting_hash_key))

    def merge_shards(self, shard_to_merge: str, adjacent_shard_to_merge: str) -> None:
        with _writing:
            self._merge(shard_to_merge, adjacent_shard_to_merge)

    def _split(self, shard_to_split: str, begin: int) -> None:
        shard = self._open_shard(shard_to_split)
        if not shard.starting_hash < begin < shard.ending_hash:
            raise InvalidArgumentError(
                f"NewStartingHashKey {begin} must lie between {shard.starting_hash} and "
                f"{shard.ending_hash}, the hash keys of shard {shard_to_split}."
            )
        shard.is_open = False
        self._add([shard], shard.starting_hash, begin - 1)
        self._add([shard], begin, shard.ending_hash)

    def _merge(self, shard_to_merge: str, adjacent_shard_to_merge: str) -> None:
        parents = [self._open_shard(shard_to_merge), self._open_shard(adjacent_shard_to_merge)]
        lower, upper = sorted(parents, key=lambda shard: shard.starting_hash)
        # moto's first shards share their border, its later ones do not.
        if upper.starting_hash - lower.ending_hash not in (0, 1):
            raise InvalidArgumentError(
                f"Shards {shard_to_merge} and {adjacent_shard_to_merge} are not adjacent."
            )
        for parent in parents:
            parent.is_open = False
        self._add(parents, lower.starting_hash, upper.ending_hash)

    def _open_shard(self, shard_id: str) -> models.Shard:
        shard: models.Shard = self.get_shard(shard_id)
        if not shard.is_open:
            raise InvalidArgumentError(f"Shard {shard_id} was split or merged before.")
        return shard

    def _add(self, parents: Sequence[models.Shard], begin: int, end: int) -> None:
        number = max(int(shard.shard_id.rpartition("-")[2]) for shard in self.shards.values()) + 1
        child = _Shard(number, begin, end, *[parent.shard_id for parent in parents])
        child.numbers_begin_after = max(parent.get_max_sequence_number() for parent in parents)
        self.shards[child.shard_id] = child


def _get_records(
    backend: models.KinesisBackend, stream_arn: str | None, shard_iterator: str, limit: int | None
) -> tuple[str | None, list[models.Record], int]:
    following, records, behind = _original_get_records(backend, stream_arn, shard_iterator, limit)
    stream_name, shard_id, position = decompose_shard_iterator(following)
    stream = backend.describe_stream(stream_arn=stream_arn, stream_name=stream_name)
    shard = stream.get_shard(shard_id)
    at_its_end = not shard.is_open and int(position) >= shard.get_max_sequence_number()
    return None if at_its_end else following, records, behind


def teach_resharding() -> None:
    """Makes moto, in this process, split and merge shards as Kinesis does."""
    for owner, name, value in (
        (models, "Shard", _Shard),
        (models, "Stream", _Stream),
        (models.KinesisBackend, "get_records", _get_records),
    ):
        setattr(owner, name, value)
