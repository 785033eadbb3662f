"""Writes the files of a training set: gzip JSON Lines per split, and the manifest."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from streaming_ml.training_set_columns import EXAMPLE_ID, SPLIT

MANIFEST_NAME = "manifest.json"

# Large enough for few files, small enough for an even share of several training instances.
_ROWS_PER_FILE = 250_000


def write_split(examples: DataFrame, split: str, rows: int, output_uri: str) -> None:
    """Writes one split, ordered by `example_id`; it replaces files of an earlier attempt.

    Args:
        examples: The examples of all splits.
        split: Name of the one to write.
        rows: Number of its rows.
        output_uri: Folder of the training set.
    """
    files = math.ceil(rows / _ROWS_PER_FILE)
    (
        examples.where(examples[SPLIT] == split)
        .drop(SPLIT)
        .repartitionByRange(files, EXAMPLE_ID)
        .sortWithinPartitions(EXAMPLE_ID)
        .write.mode("overwrite")
        .option("compression", "gzip")
        .json(f"{output_uri}/{split}")
    )


def manifest_exists(spark: SparkSession, output_uri: str) -> bool:
    """Returns whether a folder has a complete training set."""
    path, file_system = _hadoop_path(spark, f"{output_uri}/{MANIFEST_NAME}")
    return bool(file_system.exists(path))


def write_manifest(spark: SparkSession, output_uri: str, manifest: Mapping[str, Any]) -> None:
    """Writes the manifest, which completes a training set; it must not exist yet."""
    path, file_system = _hadoop_path(spark, f"{output_uri}/{MANIFEST_NAME}")
    stream = file_system.create(path, False)
    try:
        stream.write(bytearray(f"{json.dumps(manifest, indent=2)}\n".encode()))
    finally:
        stream.close()


def _hadoop_path(spark: SparkSession, uri: str) -> tuple[Any, Any]:
    # Spark's file systems reach every address that its writers reach.
    java: Any = spark.sparkContext._jvm
    path = java.org.apache.hadoop.fs.Path(uri)
    return path, path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
