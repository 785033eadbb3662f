"""The lake's rows, valid and quarantined, to the last column."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from streaming_ml.deduplication import KEY_COLUMNS, deduplication_key
from streaming_ml.events import prepare_events, records_of_stream
from streaming_ml.reading import UNKNOWN_FIELDS_COLUMN
from streaming_ml.secret_key_columns import secret_key_row

from local.audit.quarantine import decrypted
from tests.python.spark.conftest import (
    ARRIVAL_TIME,
    BATCH_TIME,
    HASH_KEY,
    QUARANTINE_KEY,
    Records,
    compact,
    spaced,
)
from tests.python.spark.event_contracts import SENTIMENT

COLUMNS = [column.name for column in SENTIMENT.columns]


def prepared_rows(spark: SparkSession, records: DataFrame) -> DataFrame:
    """The rows of `records`, in a micro-batch at their own batch time."""
    keys = secret_key_row(spark, HASH_KEY, QUARANTINE_KEY)
    batch_row = keys.withColumn("batch_time", F.lit(BATCH_TIME))
    return prepare_events(records.drop("batch_time"), batch_row, SENTIMENT, "7", "v-1")


def test_prepares_valid_and_quarantined_rows(spark: SparkSession, records: Records) -> None:
    broken = compact(text=9, label="positive")
    data = [compact(text="mail a@b.io", label="negative", lang="en"), broken]
    prepared = prepared_rows(spark, records(*data))
    assert prepared.columns == [*COLUMNS, *KEY_COLUMNS, UNKNOWN_FIELDS_COLUMN]
    rows = prepared.drop(*KEY_COLUMNS, UNKNOWN_FIELDS_COLUMN).orderBy("sequence_number").collect()
    valid, quarantined = (row.asDict() for row in rows)
    stamps = {"arrival_time": ARRIVAL_TIME, "batch_time": BATCH_TIME}
    assert valid == {
        "event_id": "e-1",
        "user_key": hmac.new(HASH_KEY, b"u-1", hashlib.sha256).hexdigest(),
        "key_version": "7",
        "text": "mail [email]",
        "created_at": datetime.datetime(2026, 11, 24, 10, 0, 0),
        "lang": "en",
        "source": None,
        "label": "negative",
        **stamps,
        "partition_key": None,
        "sequence_number": "1",
        "raw": None,
        "reason": None,
        "reason_field": None,
    }
    assert decrypted(QUARANTINE_KEY, base64.b64decode(quarantined["partition_key"])) == b"key-2"
    assert decrypted(QUARANTINE_KEY, bytes(quarantined["raw"])) == broken
    assert quarantined == {
        **dict.fromkeys(COLUMNS),
        **stamps,
        "key_version": "v-1",
        "partition_key": quarantined["partition_key"],
        "sequence_number": "2",
        "raw": quarantined["raw"],
        "reason": "wrong_type",
        "reason_field": "text",
    }


def test_different_events_have_different_keys(spark: SparkSession, records: Records) -> None:
    data = [
        compact(event_id="e:1"),
        compact(event_id="1", label="neutral"),
        compact(event_id="1"),
        spaced(event_id="1"),
        compact(event_id="!x"),
        b"broken",
        b"broken",
    ]
    rows = prepared_rows(spark, records(*data))
    keys = [tuple(row[name] for name in KEY_COLUMNS) for row in rows.collect()]
    # However it is written, it is the same event.
    assert keys.pop(3) == keys[2]
    assert len(set(keys)) == 6
    # Both numbers tell them apart: each is a hash of its own.
    assert {len(set(numbers)) for numbers in zip(*keys, strict=True)} == {6}
    assert all(first != second for first, second in keys)


def test_the_key_has_the_expected_parts(spark: SparkSession) -> None:
    columns = "data binary, sequence_number string, partition_key string, event_id string, "
    rows = [
        (b"", "1", "k", "1", "neutral", None),
        (b"", "2", "k", "1", None, None),
        (b"broken", "3", "key-3", None, None, "not_json"),
    ]
    classified = spark.createDataFrame(rows, columns + "label string, reason string")
    broken = hashlib.sha256(b"broken").hexdigest()
    keys = [key for (key,) in classified.select(deduplication_key(SENTIMENT)).collect()]
    assert keys == ["neutral:1", ":1", f"!:3:{broken}:key-3"]


def test_names_the_columns_of_the_source(spark: SparkSession) -> None:
    source = spark.createDataFrame(
        [(bytearray(b"x"), "stream", "key", "1", ARRIVAL_TIME)],
        "data binary, streamName string, partitionKey string, sequenceNumber string, "
        "approximateArrivalTimestamp timestamp",
    )
    (row,) = records_of_stream(source).collect()
    assert row.asDict() == {
        "data": bytearray(b"x"),
        "partition_key": "key",
        "sequence_number": "1",
        "arrival_time": ARRIVAL_TIME,
    }
