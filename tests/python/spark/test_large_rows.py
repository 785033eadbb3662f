"""Refused records of 1 MiB after many small ones: Parquet's writer must not buffer them all."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.lake import write_batch
from streaming_ml.lake_columns import lake_schema

from tests.python.spark.event_contracts import SENTIMENT

MIB = 1024 * 1024
GROUP_BYTES = 4 * MIB


def test_large_rows_after_small_ones_are_written_in_groups(
    spark: SparkSession, tmp_path: Path
) -> None:
    raw = [b"small"] * 200 + [os.urandom(MIB) for _ in range(24)]
    rows = spark.createDataFrame([(bytearray(one),) for one in raw], "raw binary").coalesce(1)
    columns = {
        field.name: F.lit(None).cast(field.dataType)
        for field in lake_schema(SENTIMENT)
        if field.name != "raw"
    }
    columns["batch_time"] = F.current_timestamp()
    columns["reason"] = F.lit("not_json")
    settings = spark.sparkContext._jsc.hadoopConfiguration()
    settings.setInt("parquet.block.size", GROUP_BYTES)
    try:
        write_batch(rows.withColumns(columns), SENTIMENT, str(tmp_path), "1-000000000001")
    finally:
        settings.unset("parquet.block.size")
    (file,) = tmp_path.rglob("*.parquet")
    metadata = pq.read_metadata(file)
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    # A group ends at the first check that finds it full; eight rows are between two checks.
    assert max(group.total_byte_size for group in groups) < GROUP_BYTES + 9 * MIB
    assert sum(group.num_rows for group in groups) == len(raw)
    assert sorted(pq.read_table(file, columns=["raw"], partitioning=None)["raw"].to_pylist()) == (
        sorted(raw)
    )
