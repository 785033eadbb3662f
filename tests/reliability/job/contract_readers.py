"""What readers with a new contract find in a lake whose older files know nothing of it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation
from streaming_ml.spark_settings import BATCH_SETTINGS

from tests.python.spark.changed_contract import AFTER, CHANGED, stored_values
from tests.python.spark.folder_storage import FolderStorage
from tests.python.streaming_run.resources import client
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.scene import Scene, say

_COLUMNS = lake_schema(AFTER)


def read_with_new_contract(scene: Scene, first: int, outcome: Outcome) -> None:
    """Reads a copy of the lake through Spark, compacts it, and reads it again.

    Args:
        scene: Its job has ended.
        first: Number of the first micro-batch with the new contract.
        outcome: Gets figures and complaints.
    """
    location = _copied_lake(scene)
    batches = Counter(
        int(row.batch.rpartition("-")[2]) for row in scene.lake.rows() if row.status == "valid"
    )
    valid = batches.total()
    before = sum(count for batch, count in batches.items() if batch < first)
    outcome.figures["valid rows of before"] = before
    outcome.figures["valid rows of after"] = valid - before
    with _spark() as spark:
        _check(spark, location, valid, "as the job wrote it", outcome)
        now = datetime.datetime.now(datetime.UTC)
        options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
        counts = compact(spark, FolderStorage(), location, _COLUMNS, options)
        say(f"{counts.rows} rows compacted into {counts.files_written} files")
        outcome.figures["rows compacted"] = counts.rows
        mixed = _mixed_files(location, first)
        outcome.figures["files with rows of both"] = mixed
        outcome.expect(mixed > 0, "No compacted file mixes rows of both contracts.")
        _check(spark, location, valid, "after a compaction", outcome)


def _check(
    spark: SparkSession, location: LakeLocation, valid: int, when: str, outcome: Outcome
) -> None:
    """Every valid row must be there, with what its event says, and null where it says nothing."""
    events = read_valid_events(spark, FolderStorage(), location, _COLUMNS)
    rows = [] if events is None else events.select("parcel", *CHANGED).collect()
    outcome.expect(
        len(rows) == valid, f"Read {when}, the lake holds {len(rows)} valid rows, not {valid}."
    )
    for parcel, *found in rows:
        expected: tuple[Any, ...] = stored_values(parcel)
        if tuple(found) != expected:
            outcome.complaints.append(
                f"Read {when}, {parcel} holds {tuple(found)} as {', '.join(CHANGED)}; expected "
                f"{expected}."
            )
            return


def _copied_lake(scene: Scene) -> LakeLocation:
    folder = scene.folder / "lake"
    storage = client("s3", scene.environment)
    pages = storage.get_paginator("list_objects_v2").paginate(Bucket=scene.resources.lake)
    for page in pages:
        for item in page.get("Contents", []):
            if item["Key"].endswith(".parquet"):
                file = folder / item["Key"]
                file.parent.mkdir(parents=True, exist_ok=True)
                storage.download_file(scene.resources.lake, item["Key"], str(file))
    return LakeLocation(str(folder / "events"), str(folder / "history"))


def _mixed_files(location: LakeLocation, first: int) -> int:
    """How many compacted files hold rows that jobs with either contract have written."""
    mixed = 0
    for file in Path(location.history_uri).rglob("*.parquet"):
        names = pq.read_table(file, columns=["batch"], partitioning=None)["batch"].unique()
        numbers = [int(name.as_py().rpartition("-")[2]) for name in names]
        mixed += min(numbers) < first <= max(numbers)
    return mixed


@contextmanager
def _spark() -> Iterator[SparkSession]:
    builder = SparkSession.builder.master("local[1]").appName("readers")
    settings = {
        **BATCH_SETTINGS,
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
