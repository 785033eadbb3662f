"""Short forms of the calls that tests make to a stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MIDDLE = 2**127


def shard_id(number: int) -> str:
    """Returns the id of a shard by its number."""
    return f"shardId-{number:012}"


class Stream:
    """The stream `s`.

    Args:
        client: boto3's client.
        change: Changes options and clock of the emulator.
    """

    def __init__(self, client: Any, change: Callable[..., None]) -> None:
        self.client = client
        self.change = change

    def put(self, *names: str) -> list[tuple[str, int]]:
        """Puts a record per name and returns its shard's last digit and its sequence number.

        A name that begins with `low` falls into the lower half of the hash keys.
        """
        answers = [
            self.client.put_record(
                StreamName="s",
                PartitionKey=name,
                Data=name.encode(),
                ExplicitHashKey=str(0 if name.startswith("low") else 2**128 - 1),
            )
            for name in names
        ]
        return [(answer["ShardId"][-1], int(answer["SequenceNumber"])) for answer in answers]

    def shards(self) -> list[dict[str, Any]]:
        """Returns the answer of ListShards."""
        found: list[dict[str, Any]] = self.client.list_shards(StreamName="s")["Shards"]
        return found

    def iterator(self, number: int = 0, kind: str = "TRIM_HORIZON", **members: Any) -> str:
        """Returns an iterator of a shard."""
        return str(
            self.client.get_shard_iterator(
                StreamName="s", ShardId=shard_id(number), ShardIteratorType=kind, **members
            )["ShardIterator"]
        )

    def page(self, iterator: str, limit: int = 100) -> dict[str, Any]:
        """Returns the answer of GetRecords."""
        found: dict[str, Any] = self.client.get_records(ShardIterator=iterator, Limit=limit)
        return found

    def read(self, number: int = 0, limit: int = 100) -> list[str]:
        """Returns the names of the first records of a shard."""
        return names(self.page(self.iterator(number), limit))

    def split(self, number: int, begin: int = MIDDLE) -> None:
        """Splits a shard."""
        self.client.split_shard(
            StreamName="s", ShardToSplit=shard_id(number), NewStartingHashKey=str(begin)
        )

    def merge(self, one: int, other: int) -> None:
        """Merges two shards."""
        self.client.merge_shards(
            StreamName="s", ShardToMerge=shard_id(one), AdjacentShardToMerge=shard_id(other)
        )


def names(page: dict[str, Any]) -> list[str]:
    """Returns the names of the records of a page."""
    return [record["Data"].decode() for record in page["Records"]]
