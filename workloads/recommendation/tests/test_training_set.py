"""Actions become histories and next items, in order."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from pyspark.sql import SparkSession

from workloads.recommendation import training_set
from workloads.recommendation.demo.training_set import examples_of
from workloads.recommendation.training_set import build

NOON = datetime.datetime(2026, 11, 24, 12)
COLUMNS = (
    "action_id string, user_key string, item_id string, item_title string, acted_at timestamp, "
    "arrival_time timestamp, sequence_number string"
)
Row = tuple[str, str, str, str | None, datetime.datetime, datetime.datetime, str]


def row(action: str, user: str, item: str, minute: int, arrival: int = 0) -> Row:
    moment = datetime.timedelta(minutes=1)
    title = None if item == "untitled" else item.upper()
    return (action, user, item, title, NOON + minute * moment, NOON + arrival * moment, "1")


def rows() -> list[Row]:
    walks = {"five": "abcde", "four": "abcd", "three": "abc", "two": "ab", "one": "a"}
    return [
        *(
            row(f"{user}{step}", user, item, step, 60 - step)
            for user, items in walks.items()
            for step, item in enumerate(items)
        ),
        # A later action on an item that is known, and one that was sent again with another item.
        row("again", "three", "a", 50),
        row("two1", "two", "untitled", 1, 99),
    ]


@pytest.mark.parametrize("turn", [1, -1])
def test_the_last_actions_are_for_validation_and_test(spark: SparkSession, turn: int) -> None:
    examples = build(spark.createDataFrame(rows()[::turn], COLUMNS))
    assert examples.columns == ["example_id", "split", "history", "next_items", "next_titles"]
    assert {one["example_id"]: tuple(one)[1:] for one in examples.collect()} == {
        "train:five": ("train", ["a"], ["b", "c"], ["B", "C"]),
        "validation:five": ("validation", ["a", "b", "c"], ["d"], ["D"]),
        "test:five": ("test", ["a", "b", "c", "d"], ["e"], ["E"]),
        "train:four": ("train", ["a"], ["b"], ["B"]),
        "validation:four": ("validation", ["a", "b"], ["c"], ["C"]),
        "test:four": ("test", ["a", "b", "c"], ["d"], ["D"]),
        "validation:three": ("validation", ["a"], ["b"], ["B"]),
        "test:three": ("test", ["a", "b"], ["c"], ["C"]),
        "test:two": ("test", ["a"], ["untitled"], [""]),
    }


def test_a_hash_orders_actions_of_the_same_time(spark: SparkSession) -> None:
    at_once = [row(f"action-{number}", "user", f"i{number}", 0, number) for number in range(9)]
    (example,) = build(spark.createDataFrame(at_once, COLUMNS)).where("split = 'test'").collect()
    ordered = sorted(at_once, key=lambda one: hashlib.sha256(one[0].encode()).hexdigest())
    assert [*example["history"], *example["next_items"]] == [one[2] for one in ordered]


def test_keeps_the_last_actions_of_long_histories(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_set, "LONGEST", 3)
    walk = [row(f"a{step}", "user", f"i{step}", step) for step in range(9)]
    (example,) = build(spark.createDataFrame(walk, COLUMNS)).where("split = 'test'").collect()
    assert (example["history"], example["next_items"]) == (["i5", "i6", "i7"], ["i8"])


def test_builds_the_same_examples_as_the_benchmark(spark: SparkSession) -> None:
    events = [row(f"u{n % 7}-{n}", f"u{n % 7}", f"i{n * n % 11}", n // 20) for n in range(90)]
    actions = [
        {
            "action_id": action,
            "user": {"id": user},
            "item_id": item,
            "item_title": title,
            "acted_at": moment.isoformat(),
        }
        for action, user, item, title, moment, _, _ in events
    ]
    built = build(spark.createDataFrame(events, COLUMNS)).collect()
    expected = {one["example_id"]: one for one in examples_of(actions)}
    assert {one["example_id"]: one.asDict() for one in built} == expected
    assert len(expected) > 14
