"""This project's own source on the checkpoint of a former one, as Spark starts it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.python.spark.former_checkpoint import FormerCheckpoint, sent_records
from tests.python.spark.kinesis_query import KinesisQuery, Stream

# The last micro-batch of the former source.
LAST = 3

FORMER = pytest.mark.parametrize("source", ["kinesis", "aws-kinesis"])


@FORMER
def test_continues_the_checkpoint_of_the_former_source(
    spark: SparkSession, stream: Stream, tmp_path: Path, source: str
) -> None:
    FormerCheckpoint(stream, tmp_path, source)
    query = KinesisQuery(spark, stream, tmp_path)
    with query.running() as run:
        run.processAllAvailable()
        stream.put("later")
        run.processAllAvailable()
    left = [record.data for record in sent_records() if not record.batch]
    assert len(left) > 50
    assert query.data() == sorted([*left, "later"])
    assert min(query.batches) == LAST + 1


@FORMER
def test_repeats_its_first_micro_batch_as_it_was(
    spark: SparkSession, stream: Stream, tmp_path: Path, source: str
) -> None:
    FormerCheckpoint(stream, tmp_path, source)
    query = KinesisQuery(spark, stream, tmp_path)
    query.catch_up()
    first = LAST + 1
    was = query.batches[first]
    assert was
    for log in ("offsets", "commits"):
        for file in tmp_path.joinpath(log).iterdir():
            number = file.name.removeprefix(".").removesuffix(".crc")
            if int(number) > first or (log == "commits" and int(number) == first):
                file.unlink()
    query.batches.clear()
    query.catch_up()
    assert sorted(query.batches[first]) == sorted(was)
    assert query.data() == sorted(record.data for record in sent_records() if not record.batch)


@FORMER
def test_refuses_a_micro_batch_that_the_former_source_has_not_completed(
    spark: SparkSession, stream: Stream, tmp_path: Path, source: str
) -> None:
    FormerCheckpoint(stream, tmp_path, source)
    tmp_path.joinpath("commits", str(LAST)).unlink()
    query = KinesisQuery(spark, stream, tmp_path)
    sentence = query.refusal()
    assert f"micro-batch {LAST} was started and not completed" in sentence
    assert sentence.endswith("or begin with a new job.generation.")
    assert query.batches == {}
    assert not tmp_path.joinpath("offsets", str(LAST + 1)).exists()
