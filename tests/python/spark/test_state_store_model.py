"""The state store in any course of events, against a plain model of its versions."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.python.spark.state_store import Key, Provider, Store


@dataclasses.dataclass
class Model:
    """Expected content of the versions."""

    versions: dict[int, list[tuple[Key, int]]] = dataclasses.field(default_factory=lambda: {0: []})

    def change(self, store: Store, version: int, clock: int, dice: random.Random) -> None:
        """Puts, looks up and evicts at random, in the store and in a copy of the version."""
        pairs = list(self.versions[version])
        for _ in range(dice.randrange(6)):
            key = (dice.randrange(-3, 3), dice.randrange(-3, 3))
            known = dict(pairs).get(key)
            assert store.get(key) == known
            if known is None:
                store.put(key, clock)
                pairs.append((key, clock))
        watermark = clock - dice.randrange(8)
        kept = next((at for at, pair in enumerate(pairs) if pair[1] > watermark), len(pairs))
        assert store.evict(watermark) == min(kept + 1, len(pairs))
        assert store.key_count() == len(pairs) - kept
        self.versions[version + 1] = pairs[kept:]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("segment_interval", [1, 4])
def test_any_course_of_events(
    spark: SparkSession, tmp_path: Path, seed: int, segment_interval: int
) -> None:
    dice = random.Random(seed)
    model = Model()
    provider = Provider(spark, tmp_path, segment_interval)
    newest = 0
    for clock in range(50):
        version = newest if dice.random() < 0.8 else dice.randint(max(0, newest - 6), newest)
        after = model.versions.get(version + 1)
        store = provider.store(version)
        model.change(store, version, clock, dice)
        end = dice.random()
        if end < 0.7:
            assert store.commit() == version + 1
            newest = version + 1
            model.versions = {one: model.versions[one] for one in range(newest + 1)}
        else:
            if end < 0.85:
                store.java.abort()
            if after is not None:
                model.versions[version + 1] = after
            else:
                del model.versions[version + 1]
        if end > 0.95:
            provider = Provider(spark, tmp_path, segment_interval)
        looked_at = dice.randint(0, newest)
        assert provider.content(looked_at) == model.versions[looked_at]
    assert newest > 15
    for version in range(newest + 1):
        assert provider.content(version) == model.versions[version]
