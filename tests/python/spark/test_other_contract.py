"""Events that have nothing in common with posts: from the stream to the lake and its history."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from streaming_ml.compaction import CompactionCounts, CompactionOptions
from streaming_ml.compaction import compact as compact_hours
from streaming_ml.deduplication import deduplication_key
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation

from tests.python.spark.conftest import HASH_KEY, Sessions
from tests.python.spark.event_contracts import compiled
from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.stream_folder import StreamFolder

CONTRACT = compiled(
    "readings",
    {
        "device": {
            "type": "object",
            "required": ["serial_id", "bus"],
            "properties": {
                "serial_id": {"type": "integer", "x-use": ["identity", "pseudonym"]},
                "bus": {"type": "string", "maxLength": 20, "x-use": "identity"},
            },
        },
        "measured": {"type": "string", "format": "date-time", "x-use": ["identity", "event-time"]},
        "number": {"type": "integer", "x-use": "identity"},
        "values": {"type": "array", "maxItems": 9, "items": {"type": "number"}},
        "is_odd": {"type": ["boolean", "null"], "x-use": "label"},
    },
    "device",
    "measured",
    "number",
    "values",
)

MOMENT = "2026-01-02T03:04:05.678901Z"
MICROS = 1767323045678901


def reading(serial: int = 7, bus: str = "left", **changes: Any) -> bytes:
    """A valid reading."""
    event = {
        "device": {"serial_id": serial, "bus": bus},
        "measured": MOMENT,
        "number": 3,
        "values": [1, 2.5],
        **changes,
    }
    return json.dumps(event).encode()


def pseudonym(serial: int) -> str:
    return hmac.new(HASH_KEY, str(serial).encode(), hashlib.sha256).hexdigest()


@pytest.fixture
def run(sessions: Sessions, tmp_path: Path) -> StreamFolder:
    return StreamFolder(sessions(CONTRACT), tmp_path, contract=CONTRACT)


def lake_rows(run: StreamFolder) -> dict[str, dict[str, Any]]:
    """The rows of the lake by sequence number."""
    files = (run.folder / "events").rglob("*.parquet")
    rows = [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]
    assert len({row["sequence_number"] for row in rows}) == len(rows)
    return {row["sequence_number"]: row for row in rows}


def test_events_reach_the_lake_and_its_history(run: StreamFolder) -> None:
    run.arrive(
        "1",
        {
            "1": reading(is_odd=True),
            "2": reading(serial=8, values=[]),
            "3": reading(values=[1, None]),
            "4": reading(measured="2999-01-01T00:00:00Z"),
        },
    )
    run.drain()
    run.arrive("2", {"5": reading(serial=9)})
    run.drain()
    rows = lake_rows(run)
    own = [field.column for field in CONTRACT.fields]
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, 678901, datetime.UTC)
    assert {name: rows["1"][name] for name in own} == {
        "device_serial_key": pseudonym(7),
        "device_bus": "left",
        "measured": moment,
        "number": 3,
        "values": [1.0, 2.5],
        "is_odd": True,
    }
    assert list(rows["1"]) == [column.name for column in CONTRACT.columns]
    assert (rows["2"]["values"], rows["2"]["is_odd"]) == ([], None)
    assert (rows["3"]["reason"], rows["3"]["reason_field"]) == ("wrong_type", "values")
    assert (rows["4"]["reason"], rows["4"]["reason_field"]) == ("in_future", "measured")
    assert run.metrics[0].quarantined == {"wrong_type": 1, "in_future": 1}

    location = LakeLocation(str(run.folder / "events"), str(run.folder / "history"))
    columns = lake_schema(CONTRACT)
    now = datetime.datetime.now(datetime.UTC)
    options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
    counts = compact_hours(run.spark, FolderStorage(), location, columns, options)
    assert (counts.rows, counts.files_written) == (2, counts.hours)
    assert isinstance(counts, CompactionCounts)
    found = read_valid_events(run.spark, FolderStorage(), location, columns)
    assert found is not None
    assert [
        (row["device_serial_key"], row["measured"], row["values"], row["is_odd"])
        for row in found.orderBy("sequence_number").collect()
    ] == [
        (pseudonym(7), moment.replace(tzinfo=None), [1.0, 2.5], True),
        (pseudonym(8), moment.replace(tzinfo=None), [], None),
        (pseudonym(9), moment.replace(tzinfo=None), [1.0, 2.5], None),
    ]


def test_all_fields_of_the_identity_and_the_label_distinguish_events(run: StreamFolder) -> None:
    different = [
        reading(),
        reading(is_odd=False),
        reading(is_odd=True),
        reading(serial=8),
        reading(bus="right"),
        reading(number=4),
        reading(measured="2026-01-02T03:04:05.678902Z"),
    ]
    same = [
        reading(values=[9]),
        reading(number=3.0),
        reading(measured="2026-01-02T04:04:05.678901+01:00"),
    ]
    run.arrive("1", {str(number): data for number, data in enumerate([*different, *same])})
    run.drain()
    assert sorted(lake_rows(run)) == [str(number) for number in range(len(different))]


def test_a_key_says_where_each_part_of_it_ends(spark: SparkSession) -> None:
    rows = [
        ("ab", "cé", MICROS, 3, True, None),
        ("a", "bcé", MICROS, -3, None, None),
    ]
    classified = spark.createDataFrame(
        rows,
        "device_serial_key string, device_bus string, micros long, number long, is_odd boolean, "
        "reason string",
    ).selectExpr("*", "timestamp_micros(micros) measured", "'' data", "'' sequence_number")
    classified = classified.selectExpr("*", "'' partition_key")
    keys = [key for (key,) in classified.select(deduplication_key(CONTRACT)).collect()]
    assert keys == [
        f"true:2:ab2:cé16:{MICROS}1:3",
        f":1:a3:bcé16:{MICROS}2:-3",
    ]


@pytest.mark.parametrize(
    ("properties", "row", "key"),
    [
        ({"name": {"type": "string", "x-use": "identity"}}, "'a:b' name", ":a:b"),
        ({"name": {"type": "string", "x-use": ["identity", "pseudonym"]}}, "'p' name_key", ":p"),
        (
            {"number": {"type": "integer", "x-use": ["identity", "pseudonym"]}},
            "'p' number_key",
            ":p",
        ),
        ({"no": {"type": "integer", "x-use": "identity"}}, "12L no", ":2:12"),
    ],
)
def test_one_text_is_a_key_as_it_is(
    spark: SparkSession, properties: dict[str, Any], row: str, key: str
) -> None:
    contract = compiled("one", properties, *properties)
    frame = spark.range(1).selectExpr(
        row, "'' data", "'' sequence_number", "'' partition_key", "cast(null as string) reason"
    )
    assert [found for (found,) in frame.select(deduplication_key(contract)).collect()] == [key]
