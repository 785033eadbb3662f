"""Builds one immutable training set and writes its manifest last."""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType, StructField, StructType, TimestampType

from streaming_ml.contract import EventContract, load_contract
from streaming_ml.history import Places, read_valid_events
from streaming_ml.storage import open_storage
from streaming_ml.timestamps import format_time
from streaming_ml.training_set import SPLITS, manifest_of, select_examples

log = logging.getLogger(__name__)

MANIFEST_NAME = "manifest.json"

# Large enough for few files, small enough that several training instances share them evenly.
_ROWS_PER_FILE = 250_000

_EVENTS_SCHEMA = StructType(
    [
        StructField("event_id", StringType()),
        StructField("text", StringType()),
        StructField("label", StringType()),
        StructField("arrival_time", TimestampType()),
        StructField("sequence_number", StringType()),
    ]
)


class TrainingSetError(Exception):
    """No training set can be made of what the lake holds."""


@dataclass(frozen=True)
class TrainingSetArguments:
    """What the training pipeline tells the job.

    Attributes:
        contract_uri: The compiled event contract.
        events_uri: Root of the lake's events.
        history_uri: Root of their compacted form.
        region: AWS region of both.
        output_uri: Folder of this training set.
        training_set_id: Names it, for example the pipeline execution's id.
    """

    contract_uri: str
    events_uri: str
    history_uri: str
    region: str
    output_uri: str
    training_set_id: str


def parse_training_set_arguments(arguments: Sequence[str]) -> TrainingSetArguments:
    """Parses the command line; exits with status 2 and a message when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="training_set_job.py", description="Builds a training set from the lake."
    )
    parser.add_argument("--contract", required=True, help="compiled event contract")
    parser.add_argument("--events-uri", required=True, help="root of the events")
    parser.add_argument("--history-uri", required=True, help="root of their compacted form")
    parser.add_argument("--region", required=True, help="AWS region of both")
    parser.add_argument("--output-uri", required=True, help="folder of the training set")
    parser.add_argument("--training-set-id", required=True, help="name of the training set")
    values = parser.parse_args(arguments)
    return TrainingSetArguments(
        values.contract,
        values.events_uri.rstrip("/"),
        values.history_uri.rstrip("/"),
        values.region,
        values.output_uri.rstrip("/"),
        values.training_set_id,
    )


def build_training_set(spark: SparkSession, arguments: TrainingSetArguments) -> dict[str, Any]:
    """Writes the splits, then the manifest; returns the manifest.

    Raises:
        TrainingSetError: The set exists already, or the lake holds too little for one.
        ContractError: There is no event contract that this job reads.
    """
    labels = _labels_of(load_contract(arguments.contract_uri, arguments.region))
    manifest_uri = f"{arguments.output_uri}/{MANIFEST_NAME}"
    if _exists(spark, manifest_uri):
        raise TrainingSetError(
            f"{manifest_uri} exists, and a training set never changes. Use another id."
        )
    events = read_valid_events(
        spark,
        open_storage(arguments.events_uri, arguments.region),
        Places(arguments.events_uri, arguments.history_uri),
        _EVENTS_SCHEMA,
    )
    if events is None:
        raise TrainingSetError(
            f"There are no events at {arguments.events_uri}. Is the streaming job running?"
        )
    examples = select_examples(events).persist()
    try:
        manifest = manifest_of(
            _count(examples),
            labels,
            arguments.training_set_id,
            arguments.events_uri,
            format_time(datetime.datetime.now(datetime.UTC)),
        )
        _require_rows(manifest, arguments.events_uri)
        for split in SPLITS:
            _write_split(examples, split, manifest["splits"][split]["rows"], arguments.output_uri)
    finally:
        examples.unpersist()
    _write_once(spark, manifest_uri, json.dumps(manifest, indent=2) + "\n")
    return manifest


def _labels_of(contract: EventContract) -> tuple[str, ...]:
    if contract.label is None:
        raise TrainingSetError(
            f"The events of {contract.workload} have no label, so nothing can be learned from "
            'them. Give a field of its schema the use "label".'
        )
    return contract.label.values


def _count(examples: DataFrame) -> dict[tuple[str, str], int]:
    rows = examples.groupBy("split", "label").count().collect()
    return {(row["split"], row["label"]): int(row["count"]) for row in rows}


def _require_rows(manifest: dict[str, Any], events_uri: str) -> None:
    rows = {split: manifest["splits"][split]["rows"] for split in SPLITS}
    empty = [split for split, count in rows.items() if count == 0]
    if empty:
        raise TrainingSetError(
            f"{events_uri} holds {sum(rows.values())} different labelled posts, which leaves no "
            f"row for {' and '.join(empty)}. Send more labelled posts, then train again."
        )


def _write_split(examples: DataFrame, split: str, rows: int, output_uri: str) -> None:
    files = math.ceil(rows / _ROWS_PER_FILE)
    (
        examples.where(examples.split == split)
        .select("event_id", "text", "label")
        .repartitionByRange(files, "event_id")
        .sortWithinPartitions("event_id")
        .write.mode("overwrite")
        .option("compression", "gzip")
        .json(f"{output_uri}/{split}")
    )


def _exists(spark: SparkSession, uri: str) -> bool:
    path, file_system = _hadoop_path(spark, uri)
    return bool(file_system.exists(path))


def _write_once(spark: SparkSession, uri: str, content: str) -> None:
    path, file_system = _hadoop_path(spark, uri)
    stream = file_system.create(path, False)
    try:
        stream.write(bytearray(content.encode()))
    finally:
        stream.close()


def _hadoop_path(spark: SparkSession, uri: str) -> tuple[Any, Any]:
    # Spark's own file systems reach every place that its writers reach.
    java: Any = spark.sparkContext._jvm
    path = java.org.apache.hadoop.fs.Path(uri)
    return path, path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
