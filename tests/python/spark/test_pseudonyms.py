"""The HMAC equals the standard library's."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.keys import keys_frame, with_keys
from streaming_ml.pseudonyms import user_key

KEYS = [b"k", b"k" * 32, b"k" * 64, b"k" * 65, bytes(range(256))]


@pytest.mark.parametrize("key", KEYS, ids=len)
def test_equals_the_standard_library(key: bytes, spark: SparkSession) -> None:
    users = ["u-1", "", "é 😀", "x" * 1000]
    frame = spark.createDataFrame([(user,) for user in users], "user_id string")
    rows = with_keys(frame, keys_frame(spark, key, b"q" * 32)).select(
        "user_id", user_key(F.col("user_id")).alias("user_key")
    )
    expected = {user: hmac.new(key, user.encode(), hashlib.sha256).hexdigest() for user in users}
    assert {row["user_id"]: row["user_key"] for row in rows.collect()} == expected
