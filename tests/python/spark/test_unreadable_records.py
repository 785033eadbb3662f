"""What goes wrong while a record is read is that record's, and no other one's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.sql import SparkSession
from streaming_ml.contract import read_contract

from tests.python.spark.conftest import HASH_KEY, compact
from tests.python.spark.hostile_records import colliding_names

REASON = 7


@pytest.fixture
def function(spark: SparkSession) -> Any:
    """The function that reads records, with a contract whose rules the job does not expect.

    Without a moment there is none to parse: the exception that follows is a real one.
    """
    contract = read_contract("event.schema.json")
    contract["required"].remove("created_at")
    events = spark._jvm.streamingml.events  # type: ignore[union-attr]
    return events.ReadEvent(events.EventContract.parse(json.dumps(contract)))


def reason(function: Any, data: bytes, hash_key: bytes = HASH_KEY) -> str | None:
    row = function.invoke(data, 2**60, hash_key)
    return None if row.isNullAt(REASON) else row.getUTF8String(REASON).toString()


def test_a_record_that_cannot_be_read_is_refused_and_the_next_one_is_read(function: Any) -> None:
    assert reason(function, compact(created_at=None)) == "unreadable"
    assert reason(function, compact()) is None
    assert reason(function, b"{}") == "missing_field"


def test_a_key_that_is_none_is_no_fault_of_the_record(function: Any) -> None:
    with pytest.raises(IllegalArgumentException, match="Empty key"):
        reason(function, compact(), hash_key=b"")


def test_colliding_names_leave_nothing_to_later_records(function: Any) -> None:
    names = colliding_names(1024)
    for _ in range(3):
        assert reason(function, compact()[:-1] + b"," + names.encode() + b"}") is None
    assert reason(function, compact()) is None


@pytest.mark.parametrize(
    ("failure", "is_of_record"),
    [
        ("RuntimeException", True),
        ("NullPointerException", True),
        ("AssertionError", True),
        ("StackOverflowError", True),
        ("OutOfMemoryError", False),
        ("InternalError", False),
        ("NoClassDefFoundError", False),
        ("ThreadDeath", False),
        ("InterruptedException", False),
    ],
)
def test_what_befalls_every_record_is_no_record_s(
    spark: SparkSession, failure: str, is_of_record: bool
) -> None:
    java = spark._jvm
    assert java is not None
    thrown = getattr(java.java.lang, failure)()
    assert java.streamingml.events.RecordFailure.isOfRecord(thrown) is is_of_record
