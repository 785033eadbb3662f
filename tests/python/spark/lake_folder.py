"""A lake in a folder, as the streaming job leaves it, and what a reader finds in it."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from streaming_ml.compaction import CompactionCounts, CompactionOptions, compact
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import Hour, LakeLocation
from streaming_ml.storage import Storage

from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.folder_storage import FolderStorage

SEVEN = Hour("2026-11-24", "07")
EIGHT = Hour("2026-11-24", "08")
COLUMNS = lake_schema(SENTIMENT)
NOW = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)
OPTIONS = CompactionOptions(now=NOW, keep_days=3)

_ARROW = {"string": pa.string(), "binary": pa.binary(), "timestamp": pa.timestamp("us", "UTC")}


class LakeFolder:
    """Writes micro-batches below a folder.

    Args:
        folder: Folder of events and history.
    """

    def __init__(self, folder: Path) -> None:
        self.location = LakeLocation(str(folder / "events"), str(folder / "history"))

    def batch(self, hour: Hour, number: int, *event_ids: str, generation: str = "1") -> Path:
        """Writes valid events, one file for each."""
        name = f"{generation}-{number:012d}"
        folder = Path(self.location.batch_uri(hour, name))
        folder.mkdir(parents=True)
        for part, event_id in enumerate(event_ids):
            pq.write_table(_table(event_id, hour), folder / f"part-{part}.parquet")
        return folder

    def read(self, spark: SparkSession, storage: Storage | None = None) -> list[str]:
        """Returns the ids of the valid events, sorted, as every reader of history finds them."""
        events = read_valid_events(spark, storage or FolderStorage(), self.location, COLUMNS)
        return [] if events is None else sorted(row.event_id for row in events.collect())

    def files(self, hour: Hour) -> list[Path]:
        """Returns the compacted files of an hour, unfinished ones included."""
        return sorted(Path(self.location.compacted_uri(hour)).rglob("*.parquet"))

    def age(self, now: datetime.datetime, days: float) -> None:
        """Makes the history look as if it had been written some days before `now`."""
        moment = (now - datetime.timedelta(days=days)).timestamp()
        for path in Path(self.location.history_uri).rglob("*"):
            if path.is_file():
                os.utime(path, (moment, moment))


def _table(event_id: str, hour: Hour) -> pa.Table:
    begin = hour.end - datetime.timedelta(hours=1)
    values = {"event_id": event_id, "created_at": begin, "arrival_time": begin, "batch_time": begin}
    schema = pa.schema([(one.name, _ARROW[one.type]) for one in SENTIMENT.columns])
    return pa.Table.from_pylist([values], schema=schema)


def two_hours(folder: Path) -> LakeFolder:
    """Hour 7 is closed and has two micro-batches, hour 8 is still being written."""
    lake = LakeFolder(folder)
    lake.batch(SEVEN, 1, "a", "b")
    lake.batch(SEVEN, 2, "c")
    lake.batch(EIGHT, 3, "d")
    lake.batch(EIGHT, 4, "e")
    return lake


def run_compaction(
    spark: SparkSession, lake: LakeFolder, options: CompactionOptions = OPTIONS
) -> CompactionCounts:
    """Compacts such a lake at `NOW`."""
    return compact(spark, FolderStorage(), lake.location, COLUMNS, options)
