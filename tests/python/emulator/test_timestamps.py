"""AT_TIMESTAMP finds the first record at or after a time, never in the future."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.python.emulator.conftest import BEGINNING
from tests.python.emulator.stream import Stream, names


def test_finds_the_first_record_at_or_after(stream: Stream) -> None:
    for name in ("low-0", "low-10", "low-20"):
        stream.put(name)
        stream.change(advanceSeconds=10)

    def found(seconds: float) -> list[str]:
        return names(stream.page(stream.iterator(0, "AT_TIMESTAMP", Timestamp=BEGINNING + seconds)))

    assert found(-1) == ["low-0", "low-10", "low-20"]
    assert found(10) == ["low-10", "low-20"]
    assert found(10.001) == ["low-20"]
    assert found(21) == []


def test_a_time_after_the_last_record_waits_for_the_next(stream: Stream) -> None:
    stream.put("low-1")
    stream.change(advanceSeconds=2)
    iterator = stream.iterator(0, "AT_TIMESTAMP", Timestamp=BEGINNING + 1)
    stream.put("low-2")
    assert names(stream.page(iterator)) == ["low-2"]


def test_refuses_the_future_and_says_its_own_time(stream: Stream) -> None:
    stream.iterator(0, "AT_TIMESTAMP", Timestamp=BEGINNING)
    with pytest.raises(ClientError) as caught:
        stream.iterator(0, "AT_TIMESTAMP", Timestamp=BEGINNING + 0.001)
    assert caught.value.response["Error"] == {
        "Code": "InvalidArgumentException",
        "Message": "The timestampInMillis parameter cannot be greater than the "
        "currentTimestampInMillis. timestampInMillis: 1800000000001, "
        "currentTimestampInMillis: 1800000000000",
    }
    stream.change(clockOffsetSeconds=600)
    stream.iterator(0, "AT_TIMESTAMP", Timestamp=BEGINNING + 600)


def test_refuses_at_timestamp_without_a_time(stream: Stream) -> None:
    with pytest.raises(ClientError, match="Must specify timestampInMillis"):
        stream.iterator(0, "AT_TIMESTAMP")


def test_finds_the_first_in_the_order_of_numbers_where_the_clock_was_turned_back(
    stream: Stream,
) -> None:
    for name, offset in (("low-0", 0), ("low-10", 10), ("low-5", 5), ("low-20", 20)):
        stream.change(clockOffsetSeconds=offset)
        stream.put(name)
    iterator = stream.iterator(0, "AT_TIMESTAMP", Timestamp=BEGINNING + 5)
    assert names(stream.page(iterator)) == ["low-10", "low-5", "low-20"]
