"""The error messages of this project's Kinesis source: one sentence each."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from streaming_ml.last_cause import last_cause

from tests.python.spark.kinesis_query import KinesisQuery, Stream


def change_offset(checkpoint: Path, change: Mapping[str, Any]) -> None:
    """Changes fields of the newest offset; Hadoop's checksum of the file goes."""
    file = max(checkpoint.joinpath("offsets").glob("[0-9]*"), key=lambda one: int(one.name))
    *head, offset = file.read_text().splitlines()
    file.write_text("\n".join([*head, json.dumps({**json.loads(offset), **change})]))
    file.with_name(f".{file.name}.crc").unlink()


def read_once(query: KinesisQuery) -> None:
    """Makes a checkpoint with one micro-batch."""
    query.stream.put("a")
    query.read_available()


def test_all_options_that_are_wrong_are_named_at_once(spark: SparkSession) -> None:
    reader = spark.readStream.format("kinesis-ranges")
    with pytest.raises(Exception) as caught:  # noqa: B017, PT011
        reader.options(spanSeconds="soon", shards="3").load()
    assert last_cause(caught.value) == (
        'The options of format "kinesis-ranges" are not right: `streamName` is missing: set it to '
        "the name of the stream; `spanSeconds` must be a number of seconds, 0.001 to 3600, but is "
        '"soon"; `shards` is unknown (the options are streamName, region, endpointUrl, '
        "batchSeconds, spanSeconds)."
    )


def test_a_stream_that_is_missing(spark: SparkSession, stream: Stream, tmp_path: Path) -> None:
    query = KinesisQuery(spark, stream, tmp_path, {"streamName": "missing"})
    sentence = query.refusal()
    assert "missing" in sentence
    assert "us-east-1" in sentence


def test_an_endpoint_without_a_server(spark: SparkSession, stream: Stream, tmp_path: Path) -> None:
    with socket.socket() as bound:
        # The port is bound, but no server listens on it.
        bound.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{bound.getsockname()[1]}"
        query = KinesisQuery(spark, stream, tmp_path, {"endpointUrl": endpoint})
        assert endpoint in query.refusal()


def test_an_offset_of_another_version(spark: SparkSession, stream: Stream, tmp_path: Path) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    read_once(query)
    change_offset(tmp_path, {"version": 2})
    assert query.refusal() == (
        "The checkpoint's offset is of version 2, and this source reads version 1 only: deploy "
        "the release that wrote it, or begin with a new job.generation."
    )


def test_a_damaged_offset(spark: SparkSession, stream: Stream, tmp_path: Path) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    read_once(query)
    change_offset(tmp_path, {"stream": {"name": stream.name, "createdAt": "yesterday"}})
    sentence = query.refusal()
    assert sentence.startswith("The checkpoint's offset is damaged (")
    assert sentence.endswith("begin with a new job.generation.")


def test_an_offset_of_another_stream(spark: SparkSession, stream: Stream, tmp_path: Path) -> None:
    read_once(KinesisQuery(spark, stream, tmp_path))
    other = Stream(stream.url, f"{stream.name}-other")
    assert KinesisQuery(spark, other, tmp_path).refusal() == (
        f"The checkpoint's offset is of stream {stream.name}, and the job reads stream "
        f"{other.name}: name that stream, or begin with a new job.generation."
    )


def test_a_planned_micro_batch_of_a_stream_that_was_recreated(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    read_once(query)
    (tmp_path / "commits" / "0").unlink()
    (tmp_path / "commits" / ".0.crc").unlink()
    stream.kinesis.delete_stream(StreamName=stream.name)
    stream.kinesis.get_waiter("stream_not_exists").wait(StreamName=stream.name)
    recreated = KinesisQuery(spark, Stream(stream.url, stream.name), tmp_path)
    recreated.stream.put("b")
    sentence = recreated.refusal()
    # Refused before a task starts, or by the task if Kinesis does not describe the stream in time.
    assert (
        "that was created at" in sentence or "If the stream was deleted and recreated" in sentence
    )
    assert "egin with a new job.generation" in sentence


def test_an_offset_of_a_stream_that_was_recreated(
    spark: SparkSession, stream: Stream, tmp_path: Path
) -> None:
    query = KinesisQuery(spark, stream, tmp_path)
    read_once(query)
    change_offset(tmp_path, {"stream": {"name": stream.name, "createdAt": "2026-01-01T00:00:00Z"}})
    assert "that was created at 2026-01-01T00:00:00Z" in query.refusal()
