"""The secret keys reach every record, and appear in no plan and no log."""

from __future__ import annotations

import base64
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.events import with_clock
from streaming_ml.quarantine import encrypted, encrypted_text
from streaming_ml.reading import read_event
from streaming_ml.secret_key_columns import secret_key_row, with_secret_keys

from tests.python.spark.conftest import Records, compact

HASH_KEY = b"a key that must never be shown!!"
QUARANTINE_KEY = b"another one, which is as hidden!"


def spellings(secret: bytes) -> list[str]:
    """Ways in which the bytes could be written in a text, in lower case."""
    return [
        spelling.lower()
        for spelling in (
            secret.decode("latin-1"),
            secret.hex(),
            secret.hex(" "),
            base64.b64encode(secret).decode().rstrip("="),
            ", ".join(str(byte) for byte in secret),
        )
    ]


def test_one_row_holds_what_the_columns_need(spark: SparkSession) -> None:
    rows = secret_key_row(spark, HASH_KEY, QUARANTINE_KEY).collect()
    assert [{name: bytes(value) for name, value in row.asDict().items()} for row in rows] == [
        {"hash_key": HASH_KEY, "quarantine_key": QUARANTINE_KEY}
    ]


def test_a_micro_batch_asks_no_python_worker_for_the_row(spark: SparkSession) -> None:
    row = with_clock(secret_key_row(spark, HASH_KEY, QUARANTINE_KEY))
    plan = row._jdf.queryExecution().executedPlan().toString()
    # Neither a job of Spark's nor a worker is needed for what is in the plan itself.
    assert plan.startswith("LocalTableScan [hash_key#")


def test_no_plan_and_no_event_log_shows_a_key(
    spark: SparkSession, records: Records, event_log: Path
) -> None:
    frame = records(compact())
    row = with_clock(secret_key_row(spark, HASH_KEY, QUARANTINE_KEY))
    keyed = with_secret_keys(frame.drop("batch_time"), row).select(
        read_event(),
        encrypted(F.col("partition_key")),
        encrypted_text(F.col("partition_key")),
    )
    keyed.collect()
    plan = keyed._jdf.queryExecution().toString()
    (log,) = event_log.iterdir()
    logged = (plan + log.read_text()).lower()
    assert "broadcastnestedloopjoin" in logged
    assert "aesencrypt" in logged
    assert "streaming_ml.read_event" in logged
    for secret in (HASH_KEY, QUARANTINE_KEY):
        for spelling in spellings(secret):
            assert spelling not in logged
