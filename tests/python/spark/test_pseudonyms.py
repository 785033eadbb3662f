"""The HMAC equals the standard library's, and its key shows nowhere."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.pseudonyms import key_pads, pads_frame, user_key, with_pads

KEYS = [b"k", b"k" * 32, b"k" * 64, b"k" * 65, bytes(range(256))]


@pytest.mark.parametrize("key", KEYS, ids=len)
def test_equals_the_standard_library(key: bytes, spark: SparkSession) -> None:
    users = ["u-1", "", "é 😀", "x" * 1000]
    frame = spark.createDataFrame([(user,) for user in users], "user_id string")
    rows = with_pads(frame, pads_frame(spark, key)).select(
        "user_id", user_key(F.col("user_id")).alias("user_key")
    )
    expected = {user: hmac.new(key, user.encode(), hashlib.sha256).hexdigest() for user in users}
    assert {row["user_id"]: row["user_key"] for row in rows.collect()} == expected


def test_no_plan_and_no_event_log_shows_the_key(spark: SparkSession, event_log: Path) -> None:
    key = b"a key that nobody may ever see!!"
    frame = spark.createDataFrame([("u-1",)], "user_id string")
    keyed = with_pads(frame, pads_frame(spark, key)).select(user_key(F.col("user_id")))
    keyed.collect()
    plan = keyed._jdf.queryExecution().toString()
    (log,) = event_log.iterdir()
    told = plan + log.read_text()
    assert "BroadcastNestedLoopJoin" in told
    for secret in (key, *key_pads(key)):
        assert secret.decode("latin-1") not in told
        assert secret.hex() not in told.lower()
