"""The steps a training set is built from: the same rows give the same examples, in any order."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest
from pyspark.sql import SparkSession
from streaming_ml.examples import example_id, latest, normalised_text, split_of

NOON = datetime.datetime(2026, 11, 24, 12)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("partitions", [1, 3])
def test_the_latest_row_stays(spark: SparkSession, turn: int, partitions: int) -> None:
    second = datetime.timedelta(seconds=1)
    rows = [
        # The later row is kept, with any sequence number.
        ("later", "no", NOON, "99"),
        ("later", "yes", NOON + second, "1"),
        # At the same time, the larger number decides, which is the longer one.
        ("number", "no", NOON, "9"),
        ("number", "yes", NOON, "10"),
        # At the same position, the other columns decide.
        ("place", "a", NOON, "5"),
        ("place", "b", NOON, "5"),
        ("alone", "yes", NOON, "1"),
        (None, "no", NOON, "1"),
        (None, "yes", NOON + second, "1"),
    ]
    frame = spark.createDataFrame(
        rows[::turn], "name string, value string, arrival_time timestamp, sequence_number string"
    ).repartition(partitions)
    found = latest(frame, "name")
    assert found.columns == frame.columns
    assert {row["name"]: row["value"] for row in found.collect()} == {
        "later": "yes",
        "number": "yes",
        "place": "a",
        "alone": "yes",
        None: "yes",
    }


def test_normalises_white_space_and_case(spark: SparkSession) -> None:
    rows = [("  Two\u00a0 \tWords\u3000HERE\n",), ("ÄB",), (None,)]
    frame = spark.createDataFrame(rows, "words string")
    assert [text for (text,) in frame.select(normalised_text("words")).collect()] == [
        "two words here",
        "äb",
        None,
    ]


def test_splits_by_the_first_bits_of_a_hash(spark: SparkSession) -> None:
    # The first 32 bits of SHA-256 modulo 10: "g" 0xcd0aa985 gives 7, "i" 0xde7d1b72 gives 8,
    # "e" 0x3f79bb7b gives 9.
    frame = spark.createDataFrame([("g",), ("i",), ("e",), (None,)], "word string")
    chosen = frame.select("word", split_of("word"))
    assert chosen.columns == ["word", "split"]
    assert dict(chosen.collect()) == {"g": "train", "i": "validation", "e": "test", None: None}


def test_of_ten_groups_eight_train(spark: SparkSession) -> None:
    counted = spark.range(10_000).groupBy(split_of("id")).count()
    # Three standard deviations of a tenth of 10,000 are 90.
    rows = {split: count for split, count in counted.collect()}
    assert rows["train"] == pytest.approx(8000, abs=120)
    assert rows["validation"] == pytest.approx(1000, abs=90)
    assert rows["test"] == pytest.approx(1000, abs=90)


def bucket_of(text: str) -> str:
    """The split by the standard library's hash."""
    bucket = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 10
    return {8: "validation", 9: "test"}.get(bucket, "train")


@pytest.mark.parametrize(
    ("values", "joined"),
    [
        ((7, "bc", NOON), "1:72:bc19:2026-11-24 12:00:00"),
        ((72, "b", None), None),
        ((-1, "", NOON), "2:-10:19:2026-11-24 12:00:00"),
    ],
)
def test_several_columns_give_one_unique_text(
    spark: SparkSession, values: tuple[Any, ...], joined: str | None
) -> None:
    frame = spark.createDataFrame([values], "a long, b string, c timestamp")
    (row,) = frame.select(example_id("a", "b", "c"), split_of("a", "b", "c")).collect()
    split = None if joined is None else bucket_of(joined)
    assert row.asDict() == {"example_id": joined, "split": split}


def test_one_column_is_taken_as_it_is(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("a:b", 12)], "text string, number long")
    assert frame.select(example_id("text"), example_id("number").alias("other")).collect() == [
        ("a:b", "12")
    ]


def test_no_column_is_refused(spark: SparkSession) -> None:
    for function in (example_id, split_of):
        with pytest.raises(ValueError, match="Expected at least one column, received none"):
            function()
