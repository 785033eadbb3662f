"""Compaction writes closed hours into few files, and every reader sees each event once."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from streaming_ml import compaction
from streaming_ml.compaction import (
    CompactionCounts,
    CompactionError,
    CompactionOptions,
    compact,
    complete_batches,
)
from streaming_ml.compaction_job import CompactionArguments, parse_compaction_arguments
from streaming_ml.lake_layout import Hour

from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.lake_folder import (
    COLUMNS,
    EIGHT,
    NOW,
    OPTIONS,
    SEVEN,
    LakeFolder,
    run_compaction,
    two_hours,
)


@pytest.fixture
def lake(tmp_path: Path) -> LakeFolder:
    return two_hours(tmp_path)


def test_a_batch_is_complete_once_its_generation_has_a_later_one() -> None:
    names = ["1-000000000009", "1-000000000010", "b-2-000000000001", "b-2-000000000000"]
    assert complete_batches(names) == {"1-000000000009", "b-2-000000000000"}
    assert complete_batches([]) == set()


def test_rewrites_a_closed_hour_into_one_file_and_leaves_the_open_one(
    spark: SparkSession, lake: LakeFolder
) -> None:
    counts = run_compaction(spark, lake)
    assert counts == CompactionCounts(hours=1, rows=3, files_read=3, files_written=1)
    (file,) = lake.files(SEVEN)
    assert lake.files(EIGHT) == []
    frame = spark.read.parquet(str(file))
    of_quarantine = ("raw", "reason", "reason_field")
    columns = [name for name in COLUMNS.fieldNames() if name not in of_quarantine]
    assert frame.columns == [*columns, "batch"]
    assert [(row.event_id, row.batch) for row in frame.orderBy("event_id").collect()] == [
        ("a", "1-000000000001"),
        ("b", "1-000000000001"),
        ("c", "1-000000000002"),
    ]
    assert Path(lake.location.manifest_uri(SEVEN)).read_text() == f"{file}\n"
    sources = json.loads(file.with_name("_sources.json").read_text())
    assert sources == {"rows": 3, "batches": ["1-000000000001", "1-000000000002"]}
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_reads_history_from_the_compacted_files(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    for path in Path(lake.location.valid_uri, SEVEN.path).rglob("*.parquet"):
        path.unlink()
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_changes_nothing_the_second_time(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    assert run_compaction(spark, lake) == CompactionCounts()


def test_leaves_a_batch_that_may_be_repeated(spark: SparkSession, tmp_path: Path) -> None:
    lake = LakeFolder(tmp_path)
    lake.batch(SEVEN, 1, "a")
    last = lake.batch(SEVEN, 2, "half")
    run_compaction(spark, lake)
    assert lake.read(spark) == ["a", "half"]

    # The job comes back and repeats its last micro-batch, whole this time.
    last.joinpath("part-0.parquet").unlink()
    last.rmdir()
    lake.batch(SEVEN, 2, "b", "c")
    assert lake.read(spark) == ["a", "b", "c"]
    lake.batch(EIGHT, 3, "d")
    assert run_compaction(spark, lake) == CompactionCounts(
        hours=1, rows=2, files_read=2, files_written=1
    )
    assert lake.read(spark) == ["a", "b", "c", "d"]


def test_adds_what_came_later_and_rewrites_nothing(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    before = lake.files(SEVEN)
    lake.batch(SEVEN, 7, "late", generation="0")
    lake.batch(EIGHT, 8, "later", generation="0")
    run_compaction(spark, lake)
    assert set(before) < set(lake.files(SEVEN))
    assert len(lake.files(SEVEN)) == 2
    assert lake.read(spark) == ["a", "b", "c", "d", "e", "late", "later"]


def test_takes_open_hours_when_asked(spark: SparkSession, lake: LakeFolder) -> None:
    options = CompactionOptions(now=NOW, keep_days=3, include_open_hours=True)
    assert run_compaction(spark, lake, options) == CompactionCounts(
        hours=2, rows=4, files_read=4, files_written=2
    )
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_an_hour_is_closed_at_its_end(spark: SparkSession, lake: LakeFolder) -> None:
    early = CompactionOptions(now=SEVEN.end - datetime.timedelta(seconds=1), keep_days=3)
    assert run_compaction(spark, lake, early) == CompactionCounts()
    assert run_compaction(
        spark, lake, CompactionOptions(now=SEVEN.end, keep_days=3)
    ) == CompactionCounts(hours=1, rows=3, files_read=3, files_written=1)


def test_splits_what_is_too_large_for_one_file(
    spark: SparkSession, lake: LakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(
        path.stat().st_size for path in Path(lake.location.valid_uri, SEVEN.path).rglob("*.parquet")
    )
    monkeypatch.setattr(compaction, "FILE_BYTES", size // 2)
    # Without this Spark reads three such small files as one.
    spark.conf.set("spark.sql.files.maxPartitionBytes", size // 3)
    try:
        run_compaction(spark, lake)
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    assert 1 < len(lake.files(SEVEN)) <= 3
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_refers_only_to_files_with_every_row(
    spark: SparkSession, lake: LakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = compaction._read_batches

    def forgetful(*arguments: object) -> object:
        events = read(*arguments)  # type: ignore[arg-type]
        count = events.count()
        monkeypatch.setattr(type(events), "count", lambda self: count + 1 if self is events else 3)
        return events

    monkeypatch.setattr(compaction, "_read_batches", forgetful)
    with pytest.raises(CompactionError) as failure:
        run_compaction(spark, lake)
    monkeypatch.undo()
    assert "dt=2026-11-24/hour=07 was not compacted: 2 micro-batches hold 4 rows" in str(
        failure.value
    )
    assert not Path(lake.location.manifest_uri(SEVEN)).exists()
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_of_two_runs_at_once_one_is_seen(spark: SparkSession, lake: LakeFolder) -> None:
    class Overtaken(FolderStorage):
        """Another run finishes just before this one writes its manifest."""

        overtaken = False

        def write(self, uri: str, body: bytes, replacing: str | None) -> None:
            if uri.endswith("manifest.txt") and not self.overtaken:
                self.overtaken = True
                run_compaction(spark, lake)
            super().write(uri, body, replacing)

    assert compact(spark, Overtaken(), lake.location, COLUMNS, OPTIONS) == CompactionCounts()
    assert len(lake.files(SEVEN)) == 2
    assert lake.read(spark) == ["a", "b", "c", "d", "e"]


def test_advises_when_the_sources_are_missing(spark: SparkSession, lake: LakeFolder) -> None:
    run_compaction(spark, lake)
    (sources,) = Path(lake.location.compacted_uri(SEVEN)).rglob("_sources.json")
    sources.unlink()
    with pytest.raises(FileNotFoundError, match="_sources.json is missing.*older version"):
        lake.read(spark)


def test_an_empty_lake_has_no_history(spark: SparkSession, tmp_path: Path) -> None:
    lake = LakeFolder(tmp_path)
    assert run_compaction(spark, lake) == CompactionCounts()
    assert lake.read(spark) == []


def test_knows_when_an_hour_ends() -> None:
    midnight = datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC)
    assert Hour("2026-11-24", "23").end == midnight


def test_parses_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    given = [
        *("--contract", "s3a://a/contract.json"),
        *("--events-uri", "s3a://l/events/"),
        *("--history-uri", "s3a://l/history/"),
        *("--region", "eu-west-1"),
        *("--keep-days", "1"),
    ]
    expected = CompactionArguments(
        "s3a://a/contract.json", "s3a://l/events", "s3a://l/history", "eu-west-1", 1, False
    )
    assert parse_compaction_arguments(given) == expected
    assert parse_compaction_arguments([*given, "--include-open-hours"]).include_open_hours
    with pytest.raises(SystemExit):
        parse_compaction_arguments([*given[:-1], "0"])
    assert "expected 1 or more, received 0" in capsys.readouterr().err
