"""Splits and merges the shards of a scene's stream."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from local.events.sent_record import SentRecord
from tests.python.streaming_run.resources import client
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.scene import Scene, say

_AS_FAST_AS_IT_TAKES = 1_000_000
_MOST_OPEN_SHARDS = 8
# Of the hash keys: a shard that is narrower than this is not split again.
_NARROWEST = 2**100


@dataclass(frozen=True)
class _OpenShard:
    name: str
    begin: int
    end: int


class Resharding:
    """The shards of a scene's stream.

    Args:
        scene: Whose stream it is.
    """

    def __init__(self, scene: Scene) -> None:
        self._kinesis = client("kinesis", scene.environment)
        self._stream = scene.resources.stream

    def open_shards(self) -> list[_OpenShard]:
        """Returns the shards that take records, in the order of their hash keys."""
        shards = self._kinesis.list_shards(StreamName=self._stream)["Shards"]
        opened = [
            _OpenShard(
                shard["ShardId"],
                int(shard["HashKeyRange"]["StartingHashKey"]),
                int(shard["HashKeyRange"]["EndingHashKey"]),
            )
            for shard in shards
            if "EndingSequenceNumber" not in shard["SequenceNumberRange"]
        ]
        return sorted(opened, key=lambda shard: shard.begin)

    def split(self, shard: _OpenShard, share: float = 0.5) -> None:
        """Splits a shard; its first child gets about `share` of its hash keys."""
        middle = shard.begin + 2 + int((shard.end - shard.begin - 4) * share)
        self._kinesis.split_shard(
            StreamName=self._stream, ShardToSplit=shard.name, NewStartingHashKey=str(middle)
        )

    def merge(self, shard: _OpenShard, neighbour: _OpenShard) -> None:
        """Merges two neighbours."""
        self._kinesis.merge_shards(
            StreamName=self._stream,
            ShardToMerge=shard.name,
            AdjacentShardToMerge=neighbour.name,
        )

    def split_and_merge(self) -> Iterator[int]:
        """Splits two shards and merges what came of them, one step each time it is asked.

        Yields:
            How many shards are open: before the first step, and after each.
        """
        opened = self.open_shards()
        yield len(opened)
        for shard in opened[:2]:
            self.split(shard)
            yield len(self.open_shards())
        while len(opened := self.open_shards()) > 1:
            self.merge(*opened[:2])
            yield len(self.open_shards())

    def change_at_random(self, chance: random.Random) -> str:
        """Splits a shard, at any hash key, or merges two neighbours; returns which of both."""
        opened = self.open_shards()
        wide = [shard for shard in opened if shard.end - shard.begin > _NARROWEST]
        may_split = len(opened) < _MOST_OPEN_SHARDS and bool(wide)
        if len(opened) == 1 or (may_split and chance.random() < 0.5):
            self.split(chance.choice(wide), chance.uniform(0.001, 0.999))
            return "split"
        number = chance.randrange(len(opened) - 1)
        self.merge(opened[number], opened[number + 1])
        return "merged"


def reshard(scene: Scene, outcome: Outcome, pause_seconds: float) -> None:
    """Splits two shards and merges what came of them, while records keep coming."""
    counts = []
    for count in Resharding(scene).split_and_merge():
        counts.append(count)
        time.sleep(pause_seconds)
    _report(counts, outcome)


def reshard_under_backlog(
    scene: Scene, records: Iterator[SentRecord], portion: int, outcome: Outcome
) -> None:
    """Does the same while nobody reads, and puts `portion` records into what each step left."""
    counts = []
    for count in Resharding(scene).split_and_merge():
        counts.append(count)
        scene.send(islice(records, portion), _AS_FAST_AS_IT_TAKES)
    _report(counts, outcome)
    outcome.figures["records waiting"] = portion * len(counts)


def reshard_at_random(
    scene: Scene, seconds: float, chance: random.Random, outcome: Outcome
) -> None:
    """Splits and merges anything, at any moment, for so long."""
    resharding = Resharding(scene)
    done = {"split": 0, "merged": 0}
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done[resharding.change_at_random(chance)] += 1
        say(f"{done['split']} shards split, {done['merged']} pairs merged")
        time.sleep(chance.expovariate(1 / 3))
    outcome.figures["shards split"] = done["split"]
    outcome.figures["pairs of shards merged"] = done["merged"]
    outcome.figures["open at the end"] = len(resharding.open_shards())


def _report(counts: list[int], outcome: Outcome) -> None:
    say(f"open shards: {counts}")
    outcome.figures["open shards"] = " > ".join(str(count) for count in counts)
