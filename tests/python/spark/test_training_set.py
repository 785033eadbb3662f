"""The training set: labelled, unique, split by text, written once, the same whatever the order."""

from __future__ import annotations

import dataclasses
import datetime
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from streaming_ml.training_set import select_examples
from streaming_ml.training_set_job import (
    TrainingSetArguments,
    TrainingSetError,
    build_training_set,
    parse_training_set_arguments,
)

from tests.python.spark.event_contracts import REPOSITORY, compiled

SCHEMA = (
    "event_id string, text string, label string, arrival_time timestamp, "
    "sequence_number string, status string, dt string, hour string, batch string"
)
CONTRACT = str(REPOSITORY / ".local" / "contracts" / "sentiment.json")
PARTITION = ("2026-11-24", "07", "1-000000000001")
NOON = datetime.datetime(2026, 11, 24, 12)
Row = tuple[str, str, "str | None", datetime.datetime, str]


def expected_split(text: str) -> str:
    """The split by the standard library's hash."""
    normalised = " ".join(text.lower().split())
    bucket = int(hashlib.sha256(normalised.encode()).hexdigest()[:8], 16) % 10
    return {8: "validation", 9: "test"}.get(bucket, "train")


def row(event: str, text: str, label: str | None, second: int = 0, number: str = "1") -> Row:
    return (event, text, label, NOON + datetime.timedelta(seconds=second), number)


def examples_of(spark: SparkSession, rows: list[Row]) -> set[tuple[Any, ...]]:
    frame = spark.createDataFrame(
        rows,
        "event_id string, text string, label string, arrival_time timestamp, "
        "sequence_number string",
    )
    return {tuple(found) for found in select_examples(frame).collect()}


@pytest.mark.parametrize("turn", [1, -1])
def test_takes_the_latest_label_and_each_text_once(spark: SparkSession, turn: int) -> None:
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
    assert examples_of(spark, rows[::turn]) == {
        ("a", "one", "positive", expected_split("one")),
        ("b", "two", "neutral", expected_split("two")),
        ("d", " same TEXT ", "positive", expected_split("same text")),
        ("late", "fixed", "neutral", expected_split("fixed")),
    }


def arguments_of(events: str, output: Path) -> TrainingSetArguments:
    """Arguments for a lake in a folder; its history lies beside the events."""
    history = str(Path(events).parent / "history")
    return TrainingSetArguments(CONTRACT, events, history, "us-east-1", str(output), "exec-1")


def lake(spark: SparkSession, folder: Path, posts: int) -> str:
    """A lake of `posts` valid labelled posts, and one in quarantine."""
    labels = ["negative", "neutral", "positive"]
    rows = [
        (
            *row(f"e{n:03d}", f"text {n}", labels[n % 3], n, str(n)),
            "valid",
            "2026-11-24",
            "07",
            "1-000000000001",
        )
        for n in range(posts)
    ]
    rows.append((*row("bad", "bad", "neutral"), "quarantined", *PARTITION))
    uri = str(folder / "events")
    frame = spark.createDataFrame(rows, SCHEMA)
    frame.write.partitionBy("status", "dt", "hour", "batch").parquet(uri)
    return uri


def test_writes_the_splits_and_then_the_manifest(spark: SparkSession, tmp_path: Path) -> None:
    events = lake(spark, tmp_path, posts=60)
    output = tmp_path / "set"
    manifest = build_training_set(spark, arguments_of(events, output))

    expected: dict[str, dict[str, dict[str, str]]] = {"train": {}, "validation": {}, "test": {}}
    for number in range(60):
        text = f"text {number}"
        label = ["negative", "neutral", "positive"][number % 3]
        event_id = f"e{number:03d}"
        expected[expected_split(text)][event_id] = {
            "event_id": event_id,
            "text": text,
            "label": label,
        }
    for split, rows in expected.items():
        (file,) = output.joinpath(split).glob("*.json.gz")
        found = [json.loads(line) for line in gzip.open(file, "rt")]
        assert found == [rows[event_id] for event_id in sorted(rows)]
    written = json.loads(output.joinpath("manifest.json").read_text())
    assert written == manifest
    assert written.pop("createdAt").endswith("Z")
    assert written == {
        "trainingSetId": "exec-1",
        "eventsUri": events,
        "labels": ["negative", "neutral", "positive"],
        "splits": {
            split: {
                "rows": len(rows),
                "byLabel": {
                    label: sum(one["label"] == label for one in rows.values())
                    for label in ("negative", "neutral", "positive")
                },
            }
            for split, rows in expected.items()
        },
    }


def test_a_training_set_never_changes(spark: SparkSession, tmp_path: Path) -> None:
    arguments = arguments_of(lake(spark, tmp_path, 60), tmp_path / "set")
    build_training_set(spark, arguments)
    with pytest.raises(TrainingSetError, match="manifest.json exists, and a training set never"):
        build_training_set(spark, arguments)


def test_what_a_crash_left_behind_is_replaced(spark: SparkSession, tmp_path: Path) -> None:
    left = tmp_path / "set" / "train"
    left.mkdir(parents=True)
    left.joinpath("part-9.json.gz").write_bytes(gzip.compress(b"{}\n"))
    events = lake(spark, tmp_path, 60)
    build_training_set(spark, arguments_of(events, tmp_path / "set"))
    assert not left.joinpath("part-9.json.gz").exists()


def test_says_when_there_is_too_little(spark: SparkSession, tmp_path: Path) -> None:
    arguments = arguments_of(lake(spark, tmp_path, 1), tmp_path / "set")
    with pytest.raises(TrainingSetError, match="holds 1 different labelled posts, which leaves no"):
        build_training_set(spark, arguments)
    assert not tmp_path.joinpath("set").exists()


def test_says_when_the_events_have_no_label(spark: SparkSession, tmp_path: Path) -> None:
    contract = compiled("views", {"page": {"type": "string", "x-use": "identity"}}, "page")
    file = tmp_path / "contract.json"
    file.write_text(contract.text)
    arguments = arguments_of(lake(spark, tmp_path, 60), tmp_path / "set")
    with pytest.raises(TrainingSetError) as caught:
        build_training_set(spark, dataclasses.replace(arguments, contract_uri=str(file)))
    assert str(caught.value) == (
        "The events of views have no label, so nothing can be learned from them. Give a field of "
        'its schema the use "label".'
    )


def test_says_when_there_are_no_events(spark: SparkSession, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    with pytest.raises(TrainingSetError, match="There are no events at .*nowhere"):
        build_training_set(spark, arguments_of(nowhere, tmp_path / "set"))


def test_parses_its_arguments() -> None:
    parsed = parse_training_set_arguments(
        [
            "--contract",
            "s3a://a/contract.json",
            "--events-uri",
            "s3a://l/events/",
            "--history-uri",
            "s3a://l/history/",
            "--region",
            "eu-west-1",
            "--output-uri",
            "s3a://l/sets/1",
            "--training-set-id",
            "1",
        ]
    )
    assert parsed == TrainingSetArguments(
        contract_uri="s3a://a/contract.json",
        events_uri="s3a://l/events",
        history_uri="s3a://l/history",
        region="eu-west-1",
        output_uri="s3a://l/sets/1",
        training_set_id="1",
    )
