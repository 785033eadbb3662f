"""The training-set job's start: its arguments, the workload's file, its shuffles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from streaming_ml.batch_session import fit_shuffles
from streaming_ml.training_set import Build, TrainingSetError
from streaming_ml.training_set_job import (
    TrainingSetArguments,
    load_build,
    parse_training_set_arguments,
)


def test_the_number_of_shuffle_partitions_follows_the_size_of_the_files(
    spark: SparkSession,
) -> None:
    session = spark.newSession()
    rows = session.range(3).selectExpr("*", "'x' text")
    assert fit_shuffles(session, rows) == 1
    assert session.conf.get("spark.sql.shuffle.partitions") == "1"
    # Spark estimates eight bytes each.
    assert fit_shuffles(session, session.range(40 * 1024 * 1024)) == 10
    assert session.conf.get("spark.sql.shuffle.partitions") == "10"


def own_module(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> Build:
    """Loads a `training_set.py` with these lines, or none, as the job does."""
    if lines:
        folder.joinpath("training_set.py").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "training_set", raising=False)
    try:
        return load_build()
    finally:
        monkeypatch.delitem(sys.modules, "training_set", raising=False)


def test_loads_build_from_the_file_shipped_with_the_job(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own: Any = own_module(monkeypatch, tmp_path, "def build(events):", "    return [events]")
    assert own(7) == [7]


def test_names_what_is_missing_in_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(TrainingSetError, match="The job was started without a workload's"):
        own_module(monkeypatch, tmp_path)
    with pytest.raises(
        TrainingSetError, match=r"training_set.py has no function `build`: expected"
    ):
        own_module(monkeypatch, tmp_path, "built = 1")
    with pytest.raises(ModuleNotFoundError, match="No module named 'nowhere_at_all'"):
        own_module(monkeypatch, tmp_path, "import nowhere_at_all")


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
