"""The state store under a real query: what is dropped, forgotten, and known after a restart."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame, SparkSession
from streaming_ml.deduplication import KEY_COLUMNS, drop_duplicates

from tests.python.spark.state_store import PROVIDER, SEGMENT_INTERVAL

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
SCHEMA = pa.schema(
    [(name, pa.int64()) for name in KEY_COLUMNS]
    + [("batch_time", pa.timestamp("us", tz="UTC")), ("number", pa.int64())]
)
PROVIDER_CLASS = "spark.sql.streaming.stateStore.providerClass"


@dataclasses.dataclass
class Run:
    """A folder of rows and a query that remembers each key for ten minutes."""

    spark: SparkSession
    folder: Path
    batches: list[list[int]] = dataclasses.field(default_factory=list)
    keys_known: list[int] = dataclasses.field(default_factory=list)
    keys_forgotten: list[int] = dataclasses.field(default_factory=list)
    failing: bool = False

    def arrive(self, minutes: float, *keys: int) -> None:
        """Writes a file to the folder; rows are numbered by position."""
        source = self.folder / "stream"
        source.mkdir(exist_ok=True)
        columns = {
            KEY_COLUMNS[0]: list(keys),
            KEY_COLUMNS[1]: [-key for key in keys],
            "batch_time": [NOON + datetime.timedelta(minutes=minutes)] * len(keys),
            "number": list(range(len(keys))),
        }
        number = len(list(source.iterdir()))
        hidden = source / f"_{number}"
        pq.write_table(pa.table(columns, schema=SCHEMA), hidden)
        # The source reads the older of two files first.
        os.utime(hidden, (number, number))
        hidden.rename(source / f"{number}.parquet")

    def drain(self) -> None:
        """Starts a query on the checkpoint, runs it until it has read everything, stops it."""
        rows = (
            self.spark.readStream.schema(
                f"{KEY_COLUMNS[0]} long, {KEY_COLUMNS[1]} long, batch_time timestamp, number long"
            )
            .option("maxFilesPerTrigger", 1)
            .parquet(str(self.folder / "stream"))
        )
        query = (
            drop_duplicates(rows, 10)
            .writeStream.foreachBatch(self._take)
            .option("checkpointLocation", str(self.folder / "checkpoint"))
            .start()
        )
        try:
            query.processAllAvailable()
            for progress in query.recentProgress:
                if progress["numInputRows"]:
                    (operator,) = progress["stateOperators"]
                    self.keys_known.append(operator["numRowsTotal"])
                    self.keys_forgotten.append(operator["numRowsRemoved"])
        finally:
            query.stop()

    def _take(self, rows: DataFrame, batch_id: int) -> None:
        self.batches.append(sorted(row.number for row in rows.collect()))
        if self.failing:
            raise RuntimeError("The batch must fail.")


@pytest.fixture
def run(spark: SparkSession, tmp_path: Path) -> Iterator[Run]:
    before = spark.conf.get(PROVIDER_CLASS)
    spark.conf.set(PROVIDER_CLASS, PROVIDER)
    spark.conf.set(SEGMENT_INTERVAL, "3")
    yield Run(spark, tmp_path)
    spark.conf.set(PROVIDER_CLASS, str(before))
    spark.conf.unset(SEGMENT_INTERVAL)


def test_a_key_passes_once_within_and_across_batches(run: Run) -> None:
    run.arrive(0, 1, 1, 2, 0, 0)
    run.arrive(1, 1, 2, 3, 0)
    run.drain()
    assert run.batches == [[0, 2, 3], [2]]
    assert run.keys_known == [3, 4]


def test_a_key_is_forgotten_when_its_time_is_over_and_not_before(run: Run) -> None:
    run.arrive(0, 1, 2)
    run.arrive(19.99, 1, 3)
    run.arrive(20, 1, 4)
    run.arrive(20, 2)
    run.arrive(20, 1, 2, 3)
    run.arrive(39.99, 1)
    run.drain()
    # The watermark is ten minutes behind what earlier batches brought; a key expires ten minutes
    # after it came. So the fourth batch forgets what the first one brought, once it has looked.
    assert run.batches == [[0, 1], [1], [1], [], [0, 1], []]
    assert run.keys_forgotten == [0, 0, 0, 2, 0, 0]
    assert run.keys_known == [2, 3, 4, 2, 4, 4]


def test_a_query_restarts_at_every_version(run: Run) -> None:
    for batch in range(11):
        # A batch forgets at its end what came in the fifth batch before it and earlier.
        known = [key for key in (batch - 1, batch - 5) if key >= 0]
        forgotten = [100 + batch - 6] if batch >= 6 else []
        run.arrive(batch * 5, batch, 100 + batch, *forgotten, *known)
        run.drain()
    assert run.batches == [[0, 1]] * 6 + [[0, 1, 2]] * 5
    assert run.keys_known == [2, 4, 6, 8, 10, 10, 11, 12, 13, 14, 15]
    assert run.keys_forgotten == [0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2]
    state = run.folder / "checkpoint" / "state" / "0"
    for partition in ("0", "1"):
        names = [file.stem for file in (state / partition).glob("*.segment")]
        assert sorted(names) == ["3", "6", "9"]
        assert len(list((state / partition).glob("*.delta"))) == 11


def test_a_failed_batch_is_done_again(run: Run) -> None:
    run.arrive(0, 1, 2)
    run.drain()
    run.arrive(1, 2, 3)
    run.failing = True
    with pytest.raises(Exception, match="must fail"):
        run.drain()
    run.failing = False
    run.drain()
    run.arrive(2, 1, 2, 3)
    run.drain()
    assert run.batches == [[0, 1], [1], [1], []]
    assert run.keys_known == [2, 3, 3]


def test_many_keys_are_added_and_removed(run: Run) -> None:
    # More than the four chunks that a queue starts with, in each of both partitions.
    run.arrive(0, *range(100_000))
    run.arrive(1, *range(50_000, 150_000))
    run.arrive(30, 200_000)
    run.arrive(30, *range(149_990, 150_001))
    run.drain()
    # The same from a queue that starts anywhere.
    run.arrive(30, *range(100_000))
    run.arrive(30, *range(100_000))
    run.arrive(60, 200_000)
    run.arrive(60, 200_000)
    run.drain()
    assert [len(numbers) for numbers in run.batches] == [100_000, 50_000, 1, 1, 100_000, 0, 0, 0]
    assert run.keys_forgotten == [0, 0, 0, 150_000, 0, 0, 0, 100_002]
    assert run.keys_known == [100_000, 150_000, 150_001, 2, 100_002, 100_002, 100_002, 0]
