"""The lake's rows, valid and quarantined, to the last column."""

from __future__ import annotations

import datetime
import hashlib
import hmac

from pyspark.sql import SparkSession
from streaming_ml.contract import load_event_contract
from streaming_ml.deduplication import KEY_COLUMN
from streaming_ml.events import EVENT_COLUMNS, prepare_events, records_of_stream
from streaming_ml.pseudonyms import pads_frame

from tests.python.spark.conftest import ARRIVAL_TIME, BATCH_TIME, Records, compact

KEY = b"k" * 32


def test_prepares_valid_and_quarantined_rows(spark: SparkSession, records: Records) -> None:
    broken = compact(text=9, label="positive")
    data = [compact(text="mail a@b.io", label="negative", lang="en"), broken]
    prepared = prepare_events(
        records(*data), pads_frame(spark, KEY), load_event_contract(), key_version="7"
    )
    assert prepared.columns == [*EVENT_COLUMNS, KEY_COLUMN]
    valid, quarantined = (row.asDict() for row in prepared.orderBy("sequence_number").collect())
    stamps = {"arrival_time": ARRIVAL_TIME, "batch_time": BATCH_TIME}
    assert valid == {
        "event_id": "e-1",
        "user_key": hmac.new(KEY, b"u-1", hashlib.sha256).hexdigest(),
        "key_version": "7",
        "text": "mail [email]",
        "created_at": datetime.datetime(2026, 11, 24, 10, 0, 0),
        "lang": "en",
        "source": None,
        "label": "negative",
        **stamps,
        "partition_key": "key-1",
        "sequence_number": "1",
        "raw": None,
        "reason": None,
        KEY_COLUMN: "negative:e-1",
    }
    assert quarantined == {
        **dict.fromkeys(EVENT_COLUMNS),
        **stamps,
        "partition_key": "key-2",
        "sequence_number": "2",
        "raw": bytearray(broken),
        "reason": "wrong_type",
        KEY_COLUMN: f"!:2:{hashlib.sha256(broken).hexdigest()}:key-2",
    }


def test_keys_tell_apart_what_must_stay_apart(spark: SparkSession, records: Records) -> None:
    rows = prepare_events(
        records(
            compact(event_id="e:1"),
            compact(event_id="1", label="neutral"),
            compact(event_id="1"),
            compact(event_id="!x"),
            b"broken",
            b"broken",
        ),
        pads_frame(spark, KEY),
        load_event_contract(),
        key_version="1",
    ).collect()
    keys = [row[KEY_COLUMN] for row in rows]
    assert keys[:4] == [":e:1", "neutral:1", ":1", ":!x"]
    assert len(set(keys)) == 6


def test_names_the_columns_of_the_source(spark: SparkSession) -> None:
    source = spark.createDataFrame(
        [(bytearray(b"x"), "stream", "key", "1", ARRIVAL_TIME)],
        "data binary, streamName string, partitionKey string, sequenceNumber string, "
        "approximateArrivalTimestamp timestamp",
    )
    (row,) = records_of_stream(source, load_event_contract()).collect()
    taken = row.asDict()
    assert taken.pop("parsed")["_corrupt_record"] == "x"
    assert taken.pop("batch_time") > BATCH_TIME
    assert taken == {
        "body": "x",
        "partition_key": "key",
        "sequence_number": "1",
        "arrival_time": ARRIVAL_TIME,
    }
