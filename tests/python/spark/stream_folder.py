"""A stream and a lake in folders, between them the job's own query on a real checkpoint."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.arguments import StreamingJobArguments
from streaming_ml.contract import EventContract
from streaming_ml.former_attempt import FormerAttempts
from streaming_ml.metrics import BatchMetrics
from streaming_ml.quarantine_reasons import load_quarantine_reasons
from streaming_ml.query import BatchWriter, TriggerFollower, build_events, start_query
from streaming_ml.secret_key_columns import secret_key_row

from tests.python.spark.conftest import HASH_KEY, QUARANTINE_KEY
from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.folder_storage import FolderStorage

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
class StreamFolder:
    """One lake, one checkpoint, and a folder instead of the stream."""

    spark: SparkSession
    folder: Path
    metrics: list[BatchMetrics] = dataclasses.field(default_factory=list)
    triggers: list[int | None] = dataclasses.field(default_factory=list)
    deduplication_minutes: int = 60
    contract: EventContract = SENTIMENT
    stopping: threading.Event = dataclasses.field(default_factory=threading.Event)

    def publish(self, metrics: BatchMetrics) -> None:
        self.metrics.append(metrics)

    def arrive(
        self,
        name: str,
        records: Mapping[str, bytes | None],
        partition_keys: Mapping[str, str] | None = None,
    ) -> None:
        """Puts a file of records into the folder.

        Args:
            name: Name of the file; files are read in the order of their creation.
            records: By sequence number.
            partition_keys: The same; a record that is not among them has the key `k`.
        """
        source = self.folder / "stream"
        source.mkdir(exist_ok=True)
        now = datetime.datetime.now(datetime.UTC)
        columns = {
            "data": list(records.values()),
            "streamName": ["s"] * len(records),
            "partitionKey": [(partition_keys or {}).get(number, "k") for number in records],
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
            source="kinesis-ranges",
            contract_uri="file:contract.json",
            events_uri=str(self.folder / "events"),
            checkpoint_uri=str(self.folder / "checkpoint"),
            lock_uri="",
            stop_uri="",
            generation="g1",
            spec_hash="hash",
            trigger_seconds=0.2,
            freshness_seconds=3,
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
        keys = secret_key_row(self.spark, HASH_KEY, QUARANTINE_KEY)
        events = build_events(source, keys, self.contract, arguments)
        former = FormerAttempts(FolderStorage(), arguments.events_uri, arguments.checkpoint_uri)
        writer = BatchWriter(self.contract, arguments.events_uri, "g1", self.stopping, former)
        reasons = load_quarantine_reasons()
        follower = TriggerFollower(
            writer, self, reasons, lambda batch, _: self.triggers.append(batch)
        )
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
