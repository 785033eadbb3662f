"""A failure while a record is read concerns that record only."""

from __future__ import annotations

from typing import Any

import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.sql import SparkSession

from tests.python.spark.conftest import HASH_KEY, compact
from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.hostile_records import colliding_names

REASON = len(SENTIMENT.fields)


@pytest.fixture
def function(spark: SparkSession) -> Any:
    """The function that reads records. Java's tests have one that fails at a record."""
    events = spark._jvm.streamingml.events  # type: ignore[union-attr]
    return events.ReadEvent(events.EventContract.parse(SENTIMENT.text))


def reason(function: Any, data: bytes, hash_key: bytes = HASH_KEY) -> str | None:
    row = function.invoke(data, 2**60, hash_key)
    return None if row.isNullAt(REASON) else row.getUTF8String(REASON).toString()


def test_an_invalid_key_is_not_a_fault_of_the_record(function: Any) -> None:
    with pytest.raises(IllegalArgumentException, match="Empty key"):
        reason(function, compact(), hash_key=b"")


def test_colliding_names_do_not_affect_later_records(function: Any) -> None:
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
def test_a_failure_of_the_machine_is_not_a_record_s(
    spark: SparkSession, failure: str, is_of_record: bool
) -> None:
    java = spark._jvm
    assert java is not None
    thrown = getattr(java.java.lang, failure)()
    assert java.streamingml.events.RecordFailure.isOfRecord(thrown) is is_of_record
