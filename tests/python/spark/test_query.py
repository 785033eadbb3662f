"""The query on a real checkpoint: partitions, de-duplication, replay, figures, stop."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import re
import threading
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.arguments import StreamingJobArguments
from streaming_ml.contract import load_quarantine_reasons
from streaming_ml.keys import keys_frame
from streaming_ml.metrics import BatchMetrics
from streaming_ml.query import (
    BatchWriter,
    StopAtBoundaryError,
    TriggerFollower,
    build_events,
    start_query,
)

from local.audit.quarantine import decrypted
from tests.python.spark.conftest import compact

QUARANTINE_KEY = bytes(range(32))

SOURCE_SCHEMA = pa.schema(
    [
        ("data", pa.binary()),
        ("streamName", pa.string()),
        ("partitionKey", pa.string()),
        ("sequenceNumber", pa.string()),
        ("approximateArrivalTimestamp", pa.timestamp("us", tz="UTC")),
    ]
)


@dataclasses.dataclass
class Run:
    """One lake, one checkpoint, a folder that stands in for the stream."""

    spark: SparkSession
    folder: Path
    metrics: list[BatchMetrics] = dataclasses.field(default_factory=list)
    triggers: list[int | None] = dataclasses.field(default_factory=list)
    deduplication_minutes: int = 60
    stopping: threading.Event = dataclasses.field(default_factory=threading.Event)

    def publish(self, metrics: BatchMetrics) -> None:
        self.metrics.append(metrics)

    def arrive(self, name: str, records: dict[str, bytes]) -> None:
        """Puts a file of records (by sequence number) into the folder."""
        source = self.folder / "stream"
        source.mkdir(exist_ok=True)
        now = datetime.datetime.now(datetime.UTC)
        columns = {
            "data": list(records.values()),
            "streamName": ["s"] * len(records),
            "partitionKey": ["k"] * len(records),
            "sequenceNumber": list(records),
            "approximateArrivalTimestamp": [now] * len(records),
        }
        hidden = source / f"_{name}"
        pq.write_table(pa.table(columns, schema=SOURCE_SCHEMA), hidden)
        hidden.rename(source / f"{name}.parquet")

    def start(self) -> tuple[StreamingQuery, TriggerFollower]:
        arguments = StreamingJobArguments(
            stream="s",
            region="us-east-1",
            source="kinesis",
            events_uri=str(self.folder / "events"),
            checkpoint_uri=str(self.folder / "checkpoint"),
            generation="g1",
            spec_hash="hash",
            trigger_seconds=0.2,
            max_records_per_shard=10,
            deduplication_minutes=self.deduplication_minutes,
            hash_key_secret="arn",
            key_version="1",
            quarantine_key_secret="arn",
            quarantine_key_version="v-1",
            metrics_kind="file",
            metrics_target="metrics",
            restarts=0,
        )
        source = (
            self.spark.readStream.schema(
                "data binary, streamName string, partitionKey string, sequenceNumber string, "
                "approximateArrivalTimestamp timestamp"
            )
            .option("maxFilesPerTrigger", 1)
            .parquet(str(self.folder / "stream"))
        )
        keys = keys_frame(self.spark, b"k" * 32, QUARANTINE_KEY)
        events = build_events(source, keys, arguments)
        writer = BatchWriter(arguments.events_uri, "g1", self.stopping)
        reasons = load_quarantine_reasons()
        follower = TriggerFollower(writer, self, reasons, self.triggers.append)
        self.spark.streams.addListener(follower)
        return start_query(self.spark, events, writer, arguments, reasons), follower

    def drain(self) -> None:
        """Runs the query until it has read everything."""
        query, follower = self.start()
        try:
            query.processAllAvailable()
        finally:
            query.stop()
            follower.terminated.wait(20)
            self.spark.streams.removeListener(follower)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of the lake by partition folder: (sequence number, event id, reason, time)."""
        found: dict[str, list[tuple[Any, ...]]] = {}
        for file in sorted(self.folder.joinpath("events").rglob("*.parquet")):
            name = str(file.parent.relative_to(self.folder / "events"))
            table = pq.read_table(file, partitioning=None)
            for row in table.to_pylist():
                found.setdefault(name, []).append(
                    (row["sequence_number"], row["event_id"], row["reason"], row["batch_time"])
                )
        return {name: sorted(rows) for name, rows in found.items()}


@pytest.fixture
def run(spark: SparkSession, tmp_path: Path) -> Run:
    return Run(spark, tmp_path)


def test_writes_each_event_once_into_its_batch(run: Run) -> None:
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


def test_keeps_every_copy_where_nothing_is_remembered(run: Run) -> None:
    run.deduplication_minutes = 0
    run.arrive("1", {"1": compact(event_id="a"), "2": compact(event_id="a"), "3": b"broken"})
    run.drain()
    (valid,) = [rows for name, rows in run.rows().items() if name.startswith("status=valid")]
    assert [row[:2] for row in valid] == [("1", "a"), ("2", "a")]
    assert [(batch.rows_in, batch.valid, batch.duplicates) for batch in run.metrics] == [(3, 2, 0)]


def executed_plan(run: Run) -> str:
    """The physical plan of a micro-batch, what comes last first."""
    run.arrive("1", {"1": compact(event_id="a")})
    query, follower = run.start()
    try:
        query.processAllAvailable()
        return str(query._jsq.explainInternal(False))
    finally:
        query.stop()
        follower.terminated.wait(20)
        run.spark.streams.removeListener(follower)


def test_what_is_refused_is_encrypted_before_it_is_shuffled(run: Run) -> None:
    after, exchange, before = executed_plan(run).partition("Exchange hashpartitioning")
    assert exchange
    assert "aesEncrypt" not in after
    assert before.count("aesEncrypt") == 2


def test_every_record_is_read_once(run: Run) -> None:
    assert executed_plan(run).count("streaming_ml.read_event") == 1


def test_the_batch_time_is_data_and_no_literal_of_the_rows(run: Run) -> None:
    plan = executed_plan(run)
    (told,) = [line for line in plan.splitlines() if " AS batch_time" in line]
    assert "hash_key" in told
    assert "event_id" not in told


def test_figures_come_from_the_one_action(run: Run) -> None:
    run.arrive("1", {"1": compact(event_id="a"), "2": compact(event_id="a"), "3": b"broken"})
    run.drain()
    (figures,) = run.metrics
    assert figures.batch_id == 0
    assert figures.rows_in == 3
    assert figures.valid == 1
    assert figures.quarantined == {"not_json": 1}
    assert figures.duplicates == 1
    assert figures.dropped_by_watermark == 0
    assert set(figures.freshness_seconds) == {"p50", "p95", "max"}
    assert 0 < figures.freshness_seconds["p50"] <= figures.freshness_seconds["max"]
    assert figures.batch_seconds > 0
    assert run.triggers[0] == 0


def test_a_replayed_batch_rewrites_its_own_partitions(run: Run) -> None:
    run.arrive("1", {"1": compact(event_id="a"), "2": compact(event_id="b"), "3": b"broken"})
    run.drain()
    before = run.rows()
    (run.folder / "checkpoint" / "commits" / "0").unlink()
    (run.folder / "checkpoint" / "commits" / ".0.crc").unlink()
    run.drain()
    assert run.rows() == before
    assert [figures.batch_id for figures in run.metrics] == [0, 0]


def test_a_stop_writes_nothing_of_the_next_batch(run: Run) -> None:
    run.arrive("1", {"1": compact(event_id="a")})
    run.stopping.set()
    with pytest.raises(Exception, match=StopAtBoundaryError.__name__):
        run.drain()
    assert run.rows() == {}
    run.stopping.clear()
    run.drain()
    assert [row[0] for found in run.rows().values() for row in found] == ["1"]


def test_a_refused_record_lies_nowhere_in_the_clear(run: Run) -> None:
    refused = b"no JSON, but ann@example.org all the same"
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


def test_a_refused_record_that_comes_again_is_known_by_its_plain_bytes(run: Run) -> None:
    # Each is encrypted with a vector of its own; the key of de-duplication was made before.
    run.arrive("1", {"1": b"broken"})
    run.drain()
    run.arrive("2", {"1": b"broken", "2": b"broken"})
    run.drain()
    assert sorted(row[0] for rows in run.rows().values() for row in rows) == ["1", "2"]


def test_an_idle_trigger_is_reported(run: Run) -> None:
    run.arrive("1", {"1": compact(event_id="a")})
    run.drain()
    run.triggers.clear()
    query, follower = run.start()
    try:
        for _ in range(200):
            if run.triggers:
                break
            time.sleep(0.1)
        assert run.triggers == [None]
    finally:
        query.stop()
        run.spark.streams.removeListener(follower)
