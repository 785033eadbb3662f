"""Labelled tickets become examples, with their last labels."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from model_training.manifest import read_manifest
from pyspark.sql import SparkSession

from ..demo.training_set import COLUMNS, split_of, write_training_set
from ..training_set import build

NOON = datetime.datetime(2026, 11, 24, 12)
LAKE = (
    "ticket_id string, customer_key string, subject string, waiting_minutes double, plan string, "
    "urgent boolean, arrival_time timestamp, sequence_number string"
)
Row = tuple[object, ...]


def row(ticket: str, subject: str, urgent: bool | None, second: int, number: str = "1") -> Row:
    arrived = NOON + datetime.timedelta(seconds=second)
    return (ticket, "customer", subject, 7.5, "team", urgent, arrived, number)


# Whatever the order in which Spark finds the events.
@pytest.mark.parametrize("turn", [1, -1])
def test_takes_labelled_tickets_with_their_last_label(spark: SparkSession, turn: int) -> None:
    rows = [
        row("nobody", "hello", None, 0),
        row("once", "CANNOT sign in", True, 0),
        row("later", "cannot sign in", None, 0),
        row("later", "cannot sign in", False, 60),
        row("changed", "all is gone", False, 1, "9"),
        row("changed", "all is gone", True, 1, "10"),
    ]
    examples = build(spark.createDataFrame(rows[::turn], LAKE))
    assert examples.columns == ["example_id", "split", *COLUMNS]
    assert sorted(map(tuple, examples.collect())) == [
        ("changed", split_of("all is gone"), "all is gone", 7.5, "team", True),
        ("later", split_of("cannot sign in"), "cannot sign in", 7.5, "team", False),
        ("once", split_of("cannot sign in"), "CANNOT sign in", 7.5, "team", True),
    ]


def test_the_tickets_on_disk_are_those_with_labels(tmp_path: Path) -> None:
    rows = write_training_set(tmp_path / "none", tmp_path / "set", 1000)
    assert rows == {"train": 713, "validation": 90, "test": 97}
    manifest = read_manifest(tmp_path / "set", "workload_name")
    assert manifest.rows == rows
    assert {column.name: column.type for column in manifest.columns} == COLUMNS
