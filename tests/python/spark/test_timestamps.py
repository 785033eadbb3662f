"""RFC 3339, and what only looks like it."""

from __future__ import annotations

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.timestamps import parse_rfc_3339

CASES = {
    "2026-11-24T10:00:00Z": "2026-11-24 10:00:00",
    "2026-11-24t10:00:00z": "2026-11-24 10:00:00",
    "2026-11-24T10:00:00+00:00": "2026-11-24 10:00:00",
    "2026-11-24T10:00:00-00:00": "2026-11-24 10:00:00",
    "2026-11-24T10:00:00+09:00": "2026-11-24 01:00:00",
    "2026-11-24T10:00:00.123456789Z": "2026-11-24 10:00:00.123456",
    "2024-02-29T23:59:59Z": "2024-02-29 23:59:59",
    "2026-02-29T23:59:59Z": None,
    "2026-11-24T24:00:00Z": None,
    "2026-11-24T10:60:00Z": None,
    "2026-11-24T10:00:60Z": None,
    "2026-11-24T10:00:0.Z": None,
    "2026-11-24T1:2:3.45Z": None,
    "2026-1-24T010:00:00Z": None,
    "2026-11-24 10:00:00Z": None,
    "2026-11-24T10:00:00": None,
    "2026-11-24T10:00Z": None,
    "2026-11-24T10:00:00.Z": None,
    "2026-11-24T10:00:00+9:00": None,
    "2026-11-24T10:00:00 UTC": None,
    " 2026-11-24T10:00:00Z": None,
    "T10:00:00Z": None,
    "2026": None,
    "": None,
}


@pytest.mark.parametrize("text", CASES)
def test_parses(text: str, spark: SparkSession) -> None:
    frame = spark.createDataFrame([(text,)], "value string")
    (row,) = frame.select(parse_rfc_3339(F.col("value")).cast("string").alias("time")).collect()
    assert row["time"] == CASES[text]
