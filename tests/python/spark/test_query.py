"""The query on a real checkpoint: partitions, de-duplication, replay, figures, stop."""

from __future__ import annotations

import base64
import re
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from streaming_ml.query import (
    StopAtBoundaryError,
)

from local.audit.quarantine import decrypted
from tests.python.spark.conftest import QUARANTINE_KEY, compact
from tests.python.spark.stream_folder import StreamFolder


@pytest.fixture
def run(spark: SparkSession, tmp_path: Path) -> StreamFolder:
    return StreamFolder(spark, tmp_path)


def test_writes_each_event_once_into_its_batch(run: StreamFolder) -> None:
    run.arrive(
        "1",
        {
            "1": compact(event_id="a"),
            "2": compact(event_id="a"),
            "3": b"broken",
            "4": b"broken",
            "5": compact(event_id="a", label="neutral"),
        },
    )
    run.drain()
    run.arrive("2", {"6": compact(event_id="a"), "7": compact(event_id="b")})
    run.drain()

    rows = run.rows()
    shape = re.compile(r"status=(valid|quarantined)/dt=\d{4}-\d\d-\d\d/hour=\d\d/batch=g1-\d{12}")
    assert all(shape.fullmatch(name) for name in rows)
    by_batch = {
        (name.split("/")[0], name.split("/")[-1]): [row[:3] for row in found]
        for name, found in rows.items()
    }
    assert by_batch == {
        ("status=valid", "batch=g1-000000000000"): [("1", "a", None), ("5", "a", None)],
        ("status=quarantined", "batch=g1-000000000000"): [
            ("3", None, "not_json"),
            ("4", None, "not_json"),
        ],
        ("status=valid", "batch=g1-000000000001"): [("7", "b", None)],
    }


def test_keeps_every_copy_where_nothing_is_remembered(run: StreamFolder) -> None:
    run.deduplication_minutes = 0
    run.arrive("1", {"1": compact(event_id="a"), "2": compact(event_id="a"), "3": b"broken"})
    run.drain()
    (valid,) = [rows for name, rows in run.rows().items() if name.startswith("status=valid")]
    assert [row[:2] for row in valid] == [("1", "a"), ("2", "a")]
    assert [(batch.rows_in, batch.valid, batch.duplicates) for batch in run.metrics] == [(3, 2, 0)]


@pytest.mark.parametrize("minutes", [60, 0])
def test_counts_unknown_fields_before_duplicates_are_removed(
    run: StreamFolder, minutes: int
) -> None:
    run.deduplication_minutes = minutes
    run.arrive(
        "1",
        {
            "1": compact(event_id="a", more=1, other={"deep": 2}),
            "2": compact(event_id="a", more=1),
            "3": compact(event_id="b"),
            "4": b'{"more":1}',
        },
    )
    run.drain()
    run.arrive("2", {"5": compact(event_id="c")})
    run.drain()
    assert [(one.rows_with_unknown_fields, one.unknown_fields) for one in run.metrics] == [
        (2, 3),
        (0, 0),
    ]
    (file, *_) = (run.folder / "events").rglob("*.parquet")
    assert "unknown_fields" not in pq.read_schema(file).names


@pytest.fixture(scope="module")
def executed_plan(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The physical plan of a micro-batch, what comes last first."""
    run = StreamFolder(spark, tmp_path_factory.mktemp("plan"))
    run.arrive("1", {"1": compact(event_id="a")})
    query, follower = run.start()
    try:
        query.processAllAvailable()
        return str(query._jsq.explainInternal(False))
    finally:
        query.stop()
        follower.terminated.wait(20)
        run.spark.streams.removeListener(follower)


def test_a_refused_record_is_encrypted_before_it_is_shuffled(executed_plan: str) -> None:
    after, exchange, before = executed_plan.partition("Exchange hashpartitioning")
    assert exchange
    assert "aesEncrypt" not in after
    assert before.count("aesEncrypt") == 2


def test_the_count_of_unknown_fields_is_not_shuffled(executed_plan: str) -> None:
    after, _, before = executed_plan.partition("Exchange hashpartitioning")
    assert after.count("CollectMetrics") == 1
    assert before.count("CollectMetrics") == 1
    assert "unknown_fields" not in after


def test_every_record_is_read_once(executed_plan: str) -> None:
    assert executed_plan.count("streaming_ml.read_event") == 1


def test_the_batch_time_is_data_and_no_literal_of_the_rows(executed_plan: str) -> None:
    (row,) = [line for line in executed_plan.splitlines() if "LocalTableScan" in line]
    assert "hash_key#" in row
    assert "batch_time#" in row
    assert " AS batch_time" not in executed_plan


def test_figures_come_from_the_one_action(run: StreamFolder) -> None:
    run.arrive("1", {"1": compact(event_id="a"), "2": compact(event_id="a"), "3": b"broken"})
    run.drain()
    (figures,) = run.metrics
    assert figures.batch_id == 0
    assert figures.rows_in == 3
    assert figures.valid == 1
    assert figures.quarantined == {"not_json": 1}
    assert figures.duplicates == 1
    assert figures.dropped_by_watermark == 0
    assert (figures.rows_with_unknown_fields, figures.unknown_fields) == (0, 0)
    assert set(figures.freshness_seconds) == {"p50", "p95", "max"}
    assert 0 < figures.freshness_seconds["p50"] <= figures.freshness_seconds["max"]
    assert figures.batch_seconds > 0
    assert run.triggers[0] == 0


def test_a_replayed_batch_rewrites_its_own_partitions(run: StreamFolder) -> None:
    unknown = compact(event_id="b", more=1)
    run.arrive("1", {"1": compact(event_id="a"), "2": unknown, "3": b"broken"})
    run.drain()
    before = run.rows()
    (run.folder / "checkpoint" / "commits" / "0").unlink()
    (run.folder / "checkpoint" / "commits" / ".0.crc").unlink()
    run.drain()
    assert run.rows() == before
    assert [(figures.batch_id, figures.unknown_fields) for figures in run.metrics] == [(0, 1)] * 2


def test_a_stop_writes_nothing_of_the_next_batch(run: StreamFolder) -> None:
    run.arrive("1", {"1": compact(event_id="a")})
    run.stopping.set()
    with pytest.raises(Exception, match=StopAtBoundaryError.__name__):
        run.drain()
    assert run.rows() == {}
    run.stopping.clear()
    run.drain()
    assert [row[0] for found in run.rows().values() for row in found] == ["1"]


def test_a_refused_record_is_stored_only_encrypted(run: StreamFolder) -> None:
    refused = b"no JSON, but with ann@example.org"
    run.arrive("1", {"1": refused, "2": compact(event_id="a")})
    run.drain()
    kept = [run.folder / "events", run.folder / "checkpoint"]
    files = [file for folder in kept for file in folder.rglob("*") if file.is_file()]
    assert [file.name for file in files if b"ann@example.org" in file.read_bytes()] == []
    (written,) = (run.folder / "events" / "status=quarantined").rglob("*.parquet")
    (row,) = pq.read_table(written, partitioning=None).to_pylist()
    assert decrypted(QUARANTINE_KEY, row["raw"]) == refused
    assert decrypted(QUARANTINE_KEY, base64.b64decode(row["partition_key"])) == b"k"
    assert row["key_version"] == "v-1"


def test_a_refused_record_that_comes_again_is_known_by_its_plain_bytes(run: StreamFolder) -> None:
    # Each is encrypted with a vector of its own; the key of de-duplication was made before.
    run.arrive("1", {"1": b"broken"})
    run.drain()
    run.arrive("2", {"1": b"broken", "2": b"broken"})
    run.drain()
    assert sorted(row[0] for rows in run.rows().values() for row in rows) == ["1", "2"]


def test_an_idle_trigger_is_reported(run: StreamFolder) -> None:
    run.arrive("1", {"1": compact(event_id="a")})
    run.drain()
    run.triggers.clear()
    # Spark reports idle triggers every ten seconds.
    interval = "spark.sql.streaming.noDataProgressEventInterval"
    run.spark.conf.set(interval, "100")
    query, follower = run.start()
    try:
        for _ in range(200):
            if run.triggers:
                break
            time.sleep(0.1)
        assert set(run.triggers) == {None}
    finally:
        query.stop()
        run.spark.streams.removeListener(follower)
        run.spark.conf.unset(interval)
