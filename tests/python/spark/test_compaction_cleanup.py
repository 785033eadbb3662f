"""Compaction removes files that are no longer needed, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from streaming_ml.compaction import CompactionCounts
from streaming_ml.history import batches_of

from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.lake_folder import EIGHT, NOW, SEVEN, LakeFolder, run_compaction, two_hours


@pytest.fixture
def lake(tmp_path: Path) -> LakeFolder:
    return two_hours(tmp_path)


def test_removes_the_jobs_own_files_days_later(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    lake.age(NOW, days=2.99)
    assert run_compaction(spark, lake) == CompactionCounts()
    lake.age(NOW, days=3)
    assert run_compaction(spark, lake) == CompactionCounts(files_removed=3)
    assert batches_of(FolderStorage(), lake.location, SEVEN) == []
    assert len(batches_of(FolderStorage(), lake.location, EIGHT)) == 2
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_keeps_files_that_history_does_not_hold(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    lake.age(NOW, days=9)
    lake.batch(SEVEN, 9, "new", generation="0")
    assert run_compaction(spark, lake) == CompactionCounts(files_removed=3)
    assert batches_of(FolderStorage(), lake.location, SEVEN) == ["0-000000000009"]
    assert lake.read(spark) == ["a", "b", "c", "d", "e", "new"]


def test_removes_files_of_a_killed_run_a_day_later(spark: SparkSession, lake: LakeFolder) -> None:
    left = Path(lake.location.compacted_uri(SEVEN), "version=left", "part-0.parquet")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"unfinished")
    lake.age(NOW, days=1)
    run_compaction(spark, lake)
    assert left.exists()
    lake.age(NOW, days=1.01)
    run_compaction(spark, lake)
    assert not left.exists()
    assert lake.files(SEVEN) != []
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_cleans_an_hour_until_nothing_is_left(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    lake.age(NOW, days=3)
    unfinished = Path(lake.location.compacted_uri(SEVEN), "version=unfinished", "part-0.parquet")
    unfinished.parent.mkdir()
    unfinished.write_bytes(b"a moment ago")
    assert run_compaction(spark, lake) == CompactionCounts()
    lake.age(NOW, days=3)
    assert run_compaction(spark, lake) == CompactionCounts(files_removed=4)
    assert len(lake.files(SEVEN)) == 1
