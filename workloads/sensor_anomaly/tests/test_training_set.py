"""All readings become examples, with their last labels."""

from __future__ import annotations

import datetime

import pytest
from pyspark.sql import SparkSession

from workloads.sensor_anomaly.demo.training_set import split_of
from workloads.sensor_anomaly.training_set import READINGS, build

NOON = datetime.datetime(2026, 11, 24, 12)
COLUMNS = (
    "reading_id string, device_key string, "
    + "".join(f"{name} double, " for name in READINGS)
    + "anomalous boolean, arrival_time timestamp, sequence_number string"
)
Row = tuple[object, ...]


def numbers(first: float) -> tuple[float, ...]:
    return (first, -20.0, 0.5, *[0.0] * 6)


def row(reading: str, first: float, said: bool | None, second: int = 0, number: str = "1") -> Row:
    arrived = NOON + datetime.timedelta(seconds=second)
    return (reading, "device", *numbers(first), said, arrived, number)


@pytest.mark.parametrize("turn", [1, -1])
def test_takes_every_reading_once_with_its_last_label(spark: SparkSession, turn: int) -> None:
    rows = [
        row("silent", 1.0, None),
        row("late", 2.0, None, 0),
        row("late", 2.0, True, 60),
        row("changed", 3.0, True, 1, "9"),
        row("changed", 3.0, False, 1, "10"),
        row("again", 4.0, True, 5),
        row("again", 4.0, None, 9),
        row("twice", 5.0, None, 1),
        row("twice", 6.0, None, 2),
    ]
    examples = build(spark.createDataFrame(rows[::turn], COLUMNS))
    assert examples.columns == [
        *("example_id", "split", *READINGS, "labelled", "anomalous"),
    ]
    expected = {
        ("silent", 1.0, False, False),
        ("late", 2.0, True, True),
        ("changed", 3.0, True, False),
        ("again", 4.0, True, True),
        ("twice", 6.0, False, False),
    }
    assert {tuple(one) for one in examples.collect()} == {
        (
            reading,
            split_of(dict(zip(READINGS, numbers(first), strict=True))),
            *numbers(first),
            *said,
        )
        for reading, first, *said in expected
    }


def test_splits_by_the_numbers_as_the_benchmark_of_the_model_does(spark: SparkSession) -> None:
    # Numbers that Spark and Python could write differently.
    firsts = [*map(float, range(-60, 60)), 0.1, 1e-3, 32767.0, -0.125]
    rows = [row(f"r{first}{copy}", first, None) for first in firsts for copy in "ab"]
    found: dict[float, set[str]] = {}
    for one in build(spark.createDataFrame(rows, COLUMNS)).collect():
        found.setdefault(one["f1"], set()).add(one["split"])
    assert found == {
        first: {split_of(dict(zip(READINGS, numbers(first), strict=True)))} for first in firsts
    }
    assert set.union(*found.values()) == {"train", "validation", "test"}
