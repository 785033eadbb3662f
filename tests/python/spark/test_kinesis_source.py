"""This project's own Kinesis source, as a query of Spark reads with it."""

from __future__ import annotations

import base64
import datetime
import json
import shutil
from pathlib import Path

from pyspark.sql import SparkSession

from tests.python.spark.kinesis_query import KinesisQuery, Stream

# Four records that awslabs's aggregator for Python has packed.
AGGREGATED = base64.b64decode(
    "84mawgoGdXNlci0xCgZ1c2VyLTIKCnNjaGzDvHNzZWwSATESJzM0MDI4MjM2NjkyMDkzODQ2MzQ2MzM3NDYwNzQzMTc2"
    "ODIxMTQ1NRoRCAAQABoLeyJmaXJzdCI6MX0aFQgBEAEaD3sic2Vjb25kIjoiw7wifRoECAAaABoGCAIaAgD/CfVe8fQJ"
    "wApGvsumnyT/PA=="
)


def numbered(first: int, last: int) -> list[str]:
    """Texts of records, in their own order."""
    return [f"record-{number:05}" for number in range(first, last)]


def test_delivers_each_record_once_with_its_columns(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    before = datetime.datetime.now() - datetime.timedelta(seconds=1)
    with query.running() as run:
        stream.put(*numbered(0, 300))
        run.processAllAvailable()
        stream.put(*numbered(300, 400))
        run.processAllAvailable()
    assert query.data() == numbered(0, 400)
    assert len(query.batches) >= 2
    rows = [row for batch in query.batches.values() for row in batch]
    assert {row["streamName"] for row in rows} == {stream.name}
    for row in rows:
        assert row["partitionKey"] == repr(bytes(row["data"]))
        assert before < row["approximateArrivalTimestamp"] < datetime.datetime.now()
        assert int(row["sequenceNumber"]) >= 0


def test_continues_after_the_last_micro_batch(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    stream.put(*numbered(0, 50))
    query.catch_up()
    first = max(query.batches)
    stream.put(*numbered(50, 80))
    query.catch_up()
    assert query.data() == numbered(0, 80)
    later = [row for number, batch in query.batches.items() if number > first for row in batch]
    assert len(later) == 30


def test_repeats_the_first_micro_batch_as_it_was(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    stream.put(*numbered(0, 50))
    query.catch_up()
    assert list(query.batches) == [0]
    was = sorted(query.batches[0])
    shutil.rmtree(tmp_path / "commits")
    stream.put(*numbered(50, 80))
    stream.split(stream.shards()[0])
    stream.put(*numbered(80, 90))
    query.batches.clear()
    query.catch_up()
    assert sorted(query.batches[0]) == was
    assert query.data() == numbered(0, 90)


def test_available_now_ends_at_what_had_arrived(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    for first, last in ((0, 60), (60, 90)):
        stream.put(*numbered(first, last))
        query.read_available()
        assert query.data() == numbered(0, last)


def test_follows_shards_that_split_and_merge(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    stream.put(*numbered(0, 50))
    stream.split(stream.shards()[0])
    stream.put(*numbered(50, 100))
    with query.running() as run:
        run.processAllAvailable()
        stream.merge(stream.shards()[:2])
        stream.put(*numbered(100, 150))
        run.processAllAvailable()
        # A child's records are planned after its parents' ends are known.
        while len(query.data()) < 150:
            run.processAllAvailable()
            assert run.isActive
    assert query.data() == numbered(0, 150)


def test_splits_aggregated_records(spark: SparkSession, stream: Stream, tmp_path: Path) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    stream.put(AGGREGATED)
    query.read_available()
    rows = query.batches[0]
    assert [row["partitionKey"] for row in rows] == ["user-1", "user-2", "user-1", "schlüssel"]
    assert [bytes(row["data"]) for row in rows] == [
        b'{"first":1}',
        '{"second":"ü"}'.encode(),
        b"",
        b"\x00\xff",
    ]
    assert len({row["sequenceNumber"] for row in rows}) == 1


def test_progress_has_the_lag_and_the_calls_of_planning(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    stream.put(*numbered(0, 20))
    run = query.read_available()
    (progress,) = run.recentProgress
    assert progress["numInputRows"] == 20
    metrics = progress["sources"][0]["metrics"]
    assert metrics["shards"] == "2"
    assert int(metrics["calls.GetRecords"]) >= 2
    assert int(metrics["calls.GetShardIterator"]) >= 2
    assert int(metrics["bytes"]) > 20 * len("record-00000")
    assert metrics["behindSecondsMax"] == "0.000"
    assert "behindShard" not in metrics


def test_writes_offsets_that_a_person_can_read(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    stream.put("only one")
    query.read_available()
    offset = json.loads((tmp_path / "offsets" / "0").read_text().splitlines()[2])
    (row,) = query.batches[0]
    shard = next(one for one in offset["shards"].values() if one["position"] == "AFTER")
    assert offset["version"] == 1
    assert offset["stream"]["name"] == stream.name
    assert shard["sequenceNumber"] == shard["from"] == row["sequenceNumber"]
