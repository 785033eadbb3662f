"""RFC 3339, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.python.spark.conftest import ReadEvents, compact

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
    "2026-11-24T10:00:00+18:00": "2026-11-23 16:00:00",
    "2026-11-24T10:00:00+18:01": None,
    "2026-11-24T10:00:00+09:60": None,
    "2026-11-24T10:00:00+0900": None,
    "2026-11-24T10:00:00*09:00": None,
    "2026-11-24T10:00:00ZZ": None,
    "2026-11-24T10:00:00.5": None,
    "2026-11-24T10:00:00.1234567890123-00:30": "2026-11-24 10:30:00.123456",
    "1969-12-31T23:59:59.999999Z": "1969-12-31 23:59:59.999999",
    "1900-02-29T00:00:00Z": None,
    "1900-01-01T00:00:00Z": "1900-01-01 00:00:00",
    "1900-01-01T00:00:00.000000999Z": "1900-01-01 00:00:00",
    "1899-12-31T23:59:59.999999Z": None,
    "1900-01-01T00:00:00+00:01": None,
    "1899-12-31T23:59:00-00:01": "1900-01-01 00:00:00",
    "1582-10-10T00:00:00Z": None,
    "0001-01-01T00:00:00Z": None,
    "0000-01-01T00:00:00+18:00": None,
    "2000-02-29T00:00:00Z": "2000-02-29 00:00:00",
    "2026-00-10T10:00:00Z": None,
    "2026-04-31T10:00:00Z": None,
    "2026-11-00T10:00:00Z": None,
    "2026-1a-24T10:00:00Z": None,
    "20a6-11-24T10:00:00Z": None,
    "2026-11-24T10:00:0\u0663Z": None,
    "2026-11-24T10:00:00 UTC": None,
    " 2026-11-24T10:00:00Z": None,
    "T10:00:00Z": None,
    "2026": None,
    "": None,
}


@pytest.fixture(scope="module")
def times() -> dict[str, str | None]:
    """Filled by the first test that needs it: one query over all cases."""
    return {}


@pytest.mark.parametrize("text", CASES)
def test_parses(text: str, read_events: ReadEvents, times: dict[str, str | None]) -> None:
    if not times:
        events = read_events(*[compact(created_at=case) for case in CASES])
        for case, event in zip(CASES, events, strict=True):
            assert (event["reason"] == "not_a_date_time") == (event["created_at"] is None)
            times[case] = event["created_at"] and str(event["created_at"])
    assert times[text] == CASES[text]
