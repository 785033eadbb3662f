"""Labelled posts become examples, and copies of a post are in one split."""

from __future__ import annotations

import datetime

import pytest
from pyspark.sql import SparkSession

from workloads.sentiment.demo.training_set import split_of
from workloads.sentiment.training_set import build

NOON = datetime.datetime(2026, 11, 24, 12)
COLUMNS = (
    "event_id string, user_key string, text string, label string, arrival_time timestamp, "
    "sequence_number string"
)
Row = tuple[str, str, str, str | None, datetime.datetime, str]


def row(event: str, text: str, label: str | None, second: int = 0, number: str = "1") -> Row:
    return (event, "author", text, label, NOON + datetime.timedelta(seconds=second), number)


@pytest.mark.parametrize("turn", [1, -1])
def test_takes_each_text_once_with_its_last_label(spark: SparkSession, turn: int) -> None:
    rows = [
        row("unlabelled", "no label", None),
        row("a", "one", "negative", 0, "9"),
        row("a", "one", "positive", 0, "10"),
        row("b", "two", "neutral", 5),
        row("b", "two", "negative", 1),
        row("c", "Same  text", "neutral", 1),
        row("d", " same TEXT ", "positive", 2),
        row("late", "fixed", None, 9),
        row("late", "fixed", "neutral", 8),
    ]
    examples = build(spark.createDataFrame(rows[::turn], COLUMNS))
    assert examples.columns == ["example_id", "split", "text", "label"]
    assert {tuple(one) for one in examples.collect()} == {
        ("a", split_of("one"), "one", "positive"),
        ("b", split_of("two"), "two", "neutral"),
        ("d", split_of("same text"), " same TEXT ", "positive"),
        ("late", split_of("fixed"), "fixed", "neutral"),
    }


def test_splits_as_the_benchmark_of_the_model_does(spark: SparkSession) -> None:
    # Letters that Spark and Python could put into lower case differently, and blanks of all kinds.
    texts = [f"{start} {number}" for number in range(100) for start in ("Text", "ÄÖ\u00a0É", "Σ\t")]
    rows = [row(f"e{number}", text, "neutral") for number, text in enumerate(texts)]
    found = {
        one["text"]: one["split"] for one in build(spark.createDataFrame(rows, COLUMNS)).collect()
    }
    assert found == {text: split_of(text) for text in texts}
    assert set(found.values()) == {"train", "validation", "test"}
