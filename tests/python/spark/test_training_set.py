"""The training-set job writes what `build` makes of the events, once."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from streaming_ml.examples import SPLITS
from streaming_ml.training_set import TrainingSetError
from streaming_ml.training_set_job import TrainingSetArguments

from tests.python.spark.rides import CONTRACT, build, build_rides, lake_of_rides


@pytest.fixture
def arguments(tmp_path: Path) -> TrainingSetArguments:
    return lake_of_rides(tmp_path)


def split_by_number(ride: int) -> str:
    return SPLITS[min(ride % 5, 2)]


def test_writes_the_splits_and_then_the_manifest(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    manifest = build_rides(spark, arguments)

    rides = [number for number in range(60) if number % 3 < 2]
    output = Path(arguments.output_uri)
    for split in SPLITS:
        (file,) = output.joinpath(split).glob("*.json.gz")
        found = [json.loads(line) for line in gzip.open(file, "rt")]
        assert found == [
            {
                "example_id": f"ride-{number:03d}",
                "stops": ["a", "b"][: number % 3],
                "liked": number % 3 == 0,
                "meters": number / 2,
                "number": number,
            }
            for number in rides
            if split_by_number(number) == split
        ]
    written = json.loads(output.joinpath("manifest.json").read_text())
    assert written == manifest
    assert written.pop("createdAt").endswith("Z")
    assert written == {
        "trainingSetId": "exec-1",
        "workload": "rides",
        "contract": hashlib.sha256(CONTRACT.text.encode()).hexdigest(),
        "eventsUri": arguments.events_uri,
        "timeRange": {"from": "2026-11-24T07:00:00.250Z", "to": "2026-11-24T07:00:59.250Z"},
        "columns": [
            {"name": "stops", "type": "string", "array": True},
            {"name": "liked", "type": "boolean", "array": False},
            {"name": "meters", "type": "number", "array": False},
            {"name": "number", "type": "integer", "array": False},
        ],
        "splits": {
            "train": {"rows": 8, "byLabel": {"false": 4, "true": 4}},
            "validation": {"rows": 8, "byLabel": {"false": 4, "true": 4}},
            "test": {"rows": 24, "byLabel": {"false": 12, "true": 12}},
        },
    }


def test_without_a_column_of_the_label_there_is_nothing_to_count_by(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    manifest = build_rides(spark, arguments, lambda events: build(events).drop("liked"))
    assert manifest["splits"] == {
        "train": {"rows": 8},
        "validation": {"rows": 8},
        "test": {"rows": 24},
    }


def test_a_training_set_never_changes(spark: SparkSession, arguments: TrainingSetArguments) -> None:
    build_rides(spark, arguments)
    with pytest.raises(TrainingSetError, match="manifest.json exists, and a training set never"):
        build_rides(spark, arguments)


def test_files_of_a_crash_are_replaced(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    left = Path(arguments.output_uri) / "train"
    left.mkdir(parents=True)
    left.joinpath("part-9.json.gz").write_bytes(gzip.compress(b"{}\n"))
    build_rides(spark, arguments)
    assert not left.joinpath("part-9.json.gz").exists()
