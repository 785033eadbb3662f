"""A stream of the emulator, and a query over it by this project's own source."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import boto3
import pytest
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.last_cause import last_cause

REGION = "us-east-1"
_LONGEST_RUN_SECONDS = 120


class Stream:
    """A stream of one test.

    Args:
        url: URL of the emulator.
        name: The stream's.
        shards: How many it has at first.
    """

    def __init__(self, url: str, name: str, shards: int = 2) -> None:
        self.url = url
        self.name = name
        self.kinesis = boto3.client(
            "kinesis",
            region_name=REGION,
            endpoint_url=url,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106
        )
        self.kinesis.create_stream(StreamName=name, ShardCount=shards)
        self.kinesis.get_waiter("stream_exists").wait(StreamName=name)

    def put(self, *data: str | bytes) -> None:
        """Puts records whose partition keys are their data's beginnings."""
        records = [one if isinstance(one, bytes) else one.encode() for one in data]
        answer = self.kinesis.put_records(
            StreamName=self.name,
            Records=[{"Data": one, "PartitionKey": repr(one)[:50]} for one in records],
        )
        assert answer["FailedRecordCount"] == 0

    def shards(self) -> list[dict[str, Any]]:
        """Returns the open shards, neighbours beside each other."""
        listed: list[dict[str, Any]] = self.kinesis.list_shards(StreamName=self.name)["Shards"]
        return sorted(
            (one for one in listed if "EndingSequenceNumber" not in one["SequenceNumberRange"]),
            key=lambda shard: int(shard["HashKeyRange"]["StartingHashKey"]),
        )

    def split(self, shard: Mapping[str, Any]) -> None:
        """Splits a shard in the middle."""
        keys = shard["HashKeyRange"]
        middle = (int(keys["StartingHashKey"]) + int(keys["EndingHashKey"])) // 2
        self.kinesis.split_shard(
            StreamName=self.name,
            ShardToSplit=shard["ShardId"],
            NewStartingHashKey=str(middle),
        )
        self.kinesis.get_waiter("stream_exists").wait(StreamName=self.name)

    def merge(self, shards: Sequence[Mapping[str, Any]]) -> None:
        """Merges two neighbours."""
        self.kinesis.merge_shards(
            StreamName=self.name,
            ShardToMerge=shards[0]["ShardId"],
            AdjacentShardToMerge=shards[1]["ShardId"],
        )
        self.kinesis.get_waiter("stream_exists").wait(StreamName=self.name)


@dataclasses.dataclass
class KinesisQuery:
    """A query whose micro-batches are kept, on a checkpoint of its own.

    Attributes:
        batches: Rows by number of the micro-batch, of the newest time it ran.
    """

    spark: SparkSession
    stream: Stream
    checkpoint: Path
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    batches: dict[int, list[Row]] = dataclasses.field(default_factory=dict)

    def read(self) -> DataFrame:
        """Returns the stream as Spark reads it."""
        options = {
            "streamName": self.stream.name,
            "region": REGION,
            "endpointUrl": self.stream.url,
            **self.options,
        }
        return self.spark.readStream.format("kinesis-ranges").options(**options).load()

    def start(self, **trigger: Any) -> StreamingQuery:
        """Starts a run."""
        writer = self.read().writeStream.foreachBatch(self._keep)
        writer = writer.trigger(**(trigger or {"processingTime": "100 milliseconds"}))
        return writer.option("checkpointLocation", str(self.checkpoint)).start()

    @contextlib.contextmanager
    def running(self) -> Iterator[StreamingQuery]:
        """A run that is stopped at the end."""
        query = self.start()
        try:
            yield query
        finally:
            query.stop()

    def catch_up(self) -> None:
        """Runs until everything is read that is there."""
        with self.running() as run:
            run.processAllAvailable()

    def read_available(self) -> StreamingQuery:
        """Runs to the end that the stream has now, by Spark's `availableNow`; returns the run."""
        run = self.start(availableNow=True)
        assert run.awaitTermination(_LONGEST_RUN_SECONDS)
        return run

    def refusal(self) -> str:
        """Runs until it fails; returns why, as the job reports it."""
        with pytest.raises(Exception) as caught:  # noqa: B017, PT011
            self.start().awaitTermination(_LONGEST_RUN_SECONDS)
        return last_cause(caught.value)

    def data(self) -> list[str]:
        """Returns the data of all rows so far, in order of the text."""
        return sorted(bytes(row["data"]).decode() for rows in self.batches.values() for row in rows)

    def _keep(self, rows: DataFrame, number: int) -> None:
        self.batches[number] = rows.collect()
