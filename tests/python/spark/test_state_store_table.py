"""Finding keys in memory: collisions, removal across the table's end, growth."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pyspark.sql import SparkSession

from tests.python.spark.state_store import Key, refused


class Table:
    """A table of 16 slots at first, with its queue and a plain model of both.

    Args:
        multipliers: With (1, 0) a key's slot is the highest bits of its first half; with (0, 0)
            each key belongs into slot 0.
    """

    def __init__(self, spark: SparkSession, multipliers: tuple[int, int], first: int = 0) -> None:
        jvm: Any = spark._jvm
        self._queue = jvm.streamingml.state.KeyQueue(first)
        self._table = jvm.streamingml.state.KeyTable(self._queue, 0, *multipliers)
        self.keys: list[Key] = []
        self._first = first

    def add(self, key: Key) -> None:
        known = self._table.addIfAbsent(*key, self._queue.end())
        if key in self.keys:
            assert known == self._index(key)
        else:
            assert known == -1
            self._queue.add(*key)
            self.keys.append(key)

    def remove_first(self) -> None:
        self._table.remove(*self.keys[0], self._queue.first())
        self._queue.removeFirst()
        del self.keys[0]
        self._first += 1

    def check(self, *absent: Key) -> None:
        assert [self._table.find(*key) for key in self.keys] == [
            self._index(key) for key in self.keys
        ]
        assert [self._table.find(*key) for key in absent] == [-1] * len(absent)
        assert (self._queue.first(), self._queue.end()) == (
            self._first,
            self._first + len(self.keys),
        )

    def bytes_of_table(self) -> int:
        return int(self._table.memoryBytes())

    def _index(self, key: Key) -> int:
        return self._first + self.keys.index(key)


def at_slot(slot: int, number: int) -> Key:
    """A key that belongs into one of 16 slots, under multipliers (1, 0)."""
    high = (slot << 60) | (number << 33)
    return (high - (1 << 64) if slot >= 8 else high, number)


@pytest.fixture(params=[(1, 0), (0, 0), (-7046029254386353131, 0x9E3779B97F4A7C1)])
def table(request: pytest.FixtureRequest, spark: SparkSession) -> Table:
    return Table(spark, request.param)


def test_keys_in_one_slot_stay_apart(table: Table) -> None:
    same = [at_slot(15, number) for number in range(9)]
    for key in same:
        table.add(key)
        table.add(key)
        table.check((1, 1), at_slot(15, 9), at_slot(0, 0))
    assert table.bytes_of_table() == 16 * 8


def test_halves_of_a_key_are_not_interchangeable(table: Table) -> None:
    for key in ((1, 2), (2, 1), (1, 1), (0, 0), (0, 1)):
        table.check(key)
        table.add(key)
    table.check((2, 2), (1, 0))


def test_removal_keeps_the_rest_findable_across_the_end(spark: SparkSession) -> None:
    # Slots 14, 15, 0, 1, ... fill up; each removal moves the entries after it back.
    table = Table(spark, (1, 0))
    homes = [14, 14, 15, 0, 14, 1, 0, 3, 15]
    keys = [at_slot(home, number) for number, home in enumerate(homes)]
    for key in keys:
        table.add(key)
    for removed in range(1, len(keys) + 1):
        table.remove_first()
        table.check(*keys[:removed])


def test_any_order_of_adding_and_removing(table: Table) -> None:
    dice = random.Random(7)
    pool = [at_slot(dice.choice([0, 1, 13, 14, 15]), number) for number in range(40)]
    for _ in range(400):
        if table.keys and dice.random() < 0.5:
            table.remove_first()
        elif len(table.keys) < 9:
            table.add(dice.choice(pool))
        missing = [key for key in dice.sample(pool, 5) if key not in table.keys]
        table.check(*missing)
    assert table.bytes_of_table() == 16 * 8


def test_the_table_doubles_when_more_than_six_tenths_are_taken(table: Table) -> None:
    sizes = []
    for number in range(40):
        table.add(at_slot(number % 16, number))
        sizes.append(table.bytes_of_table() // 8)
    assert sizes == [16] * 9 + [32] * 10 + [64] * 19 + [128] * 2
    table.check(at_slot(3, 40))


@pytest.mark.parametrize("first", [8190, 2**31 - 3, 2**32 - 3, 2**40 - 3])
def test_an_index_may_be_any_number(spark: SparkSession, first: int) -> None:
    # From one chunk of the queue to the next, and past what the table keeps of an index.
    table = Table(spark, (1, 0), first)
    for number in range(8):
        table.add(at_slot(number, number))
    table.check()
    for number in range(8, 20):
        table.remove_first()
        table.add(at_slot(number % 16, number))
        table.check(at_slot(number % 16, number - 8))


def test_a_key_of_another_index_is_not_removed(spark: SparkSession) -> None:
    jvm: Any = spark._jvm
    queue = jvm.streamingml.state.KeyQueue(0)
    table = jvm.streamingml.state.KeyTable(queue, 0, 1, 0)
    table.addIfAbsent(1, 1, 0)
    queue.add(1, 1)
    with refused("The key at index 1 was expected in the table, but is not there."):
        table.remove(1, 1, 1)
    assert table.find(1, 1) == 0
