"""A compaction killed at every point at which it has changed something."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql.readwriter import DataFrameWriter
from streaming_ml.compaction import CompactionOptions, compact

from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.lake_folder import COLUMNS, EIGHT, SEVEN, LakeFolder

NOW = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)
OPTIONS = CompactionOptions(now=NOW, keep_days=3)
EVENTS = ["a", "b", "c", "d"]


class KilledError(BaseException):
    """Stands for a killed process: no handler of the job may catch it."""


class KilledStorage(FolderStorage):
    """Is killed before its n-th change, or after a part of a change that has several.

    Args:
        changes: Changes before the end.
    """

    def __init__(self, changes: int) -> None:
        self.left = changes

    def count_change(self) -> None:
        """Counts a change, or ends the process."""
        if self.left == 0:
            raise KilledError
        self.left -= 1

    def write(self, uri: str, body: bytes, replacing: str | None) -> None:
        self.count_change()
        super().write(uri, body, replacing)

    def delete(self, uris: Iterable[str]) -> None:
        for uri in uris:
            self.count_change()
            super().delete([uri])


@pytest.fixture
def lake(tmp_path: Path) -> LakeFolder:
    folder = LakeFolder(tmp_path)
    folder.batch(SEVEN, 1, "a", "b")
    folder.batch(SEVEN, 2, "c")
    folder.batch(EIGHT, 3, "d")
    return folder


def killed_runs(spark: SparkSession, lake: LakeFolder, monkeypatch: Any) -> int:
    """Kills runs later and later until one completes, and checks the readers after each.

    Returns:
        How many runs were killed.
    """
    write = DataFrameWriter.parquet
    for changes in range(100):
        storage = KilledStorage(changes)

        def write_killed(
            self: Any, path: str, *rest: Any, killed: KilledStorage = storage, **named: Any
        ) -> None:
            killed.count_change()
            write(self, path, *rest, **named)
            killed.count_change()

        with monkeypatch.context() as patch:
            patch.setattr(DataFrameWriter, "parquet", write_killed)
            try:
                compact(spark, storage, lake.location, COLUMNS, OPTIONS)
            except KilledError:
                assert lake.read(spark) == EVENTS, f"killed after {changes} changes"
            else:
                return changes
    raise AssertionError("No run survived.")


def test_every_event_is_read_once_wherever_it_is_killed(
    spark: SparkSession, lake: LakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Writing the files (before and after), their sources, the manifest.
    assert killed_runs(spark, lake, monkeypatch) == 4
    assert lake.read(spark) == EVENTS

    # Days later: three files of the job go, and whatever the killed runs left.
    lake.age(NOW, days=4)
    assert killed_runs(spark, lake, monkeypatch) >= 3
    assert lake.read(spark) == EVENTS
    assert len(lake.files(SEVEN)) == 1
    assert len(list(Path(lake.location.valid_uri).rglob("*.parquet"))) == 1
