"""Records that were sent, and the rows of a lake that has them all."""

from __future__ import annotations

import datetime

from local.audit.identities import LakeIdentities
from local.audit.lake_rows import LakeRow
from local.audit.sent_records import SentRecord
from tests.python.spark.event_contracts import SENTIMENT

IDENTITIES = LakeIdentities(SENTIMENT)
ARRIVAL = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def valid(number: str, event: str, label: str | None = None) -> LakeRow:
    return LakeRow("valid", "g-000000000001", None, number, (event,), label, None, None, ARRIVAL)


def bad(number: str, reason: str, field: str | None = None) -> LakeRow:
    return LakeRow("quarantined", "g-000000000001", "k", number, None, None, reason, field, ARRIVAL)


SENT = [
    SentRecord("k", "1", ("a",), "valid"),
    SentRecord("k", "2", ("a",), "duplicate"),
    SentRecord("k", "3", ("a",), "valid", label="neutral"),
    SentRecord("k", "4", ("b",), "not_json"),
]
RIGHT = [valid("1", "a"), valid("3", "a", "neutral"), bad("4", "not_json")]
