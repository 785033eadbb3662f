"""The session of the batch jobs: compaction and training set."""

from __future__ import annotations

import math
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from streaming_ml.spark_settings import BATCH_SETTINGS

# Compressed, as Parquet stores them; in memory the rows take several times as much.
_BYTES_PER_SHUFFLE_PARTITION = 32 * 1024 * 1024


def build_batch_session() -> SparkSession:
    """Returns the session, with the settings that the jobs rely on."""
    builder = SparkSession.builder
    for name, value in BATCH_SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def fit_shuffles(spark: SparkSession, rows: DataFrame) -> int:
    """Sets the number of shuffle partitions of this session by the size of the files it reads.

    Adaptive execution coalesces small partitions, but not those of persisted rows: for a few
    megabytes each action would run Spark's default of 200 tasks, and for a terabyte each task
    would get five gigabytes.

    Returns:
        The number of partitions.
    """
    plan: Any = rows._jdf.queryExecution().optimizedPlan()
    partitions = math.ceil(int(str(plan.stats().sizeInBytes())) / _BYTES_PER_SHUFFLE_PARTITION)
    fitting = max(partitions, spark.sparkContext.defaultParallelism)
    spark.conf.set("spark.sql.shuffle.partitions", fitting)
    return fitting
