"""A contract before and after all changes that need no new version of the lake.

Producers of both versions, and the lake's expected values of their events.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from local.audit.sent_records import VALID
from local.events.crowd import Crowd, utc_now
from local.events.documents import encoded, value_at, with_value
from local.events.identity import EventIdentity
from local.events.sent_record import SentRecord
from local.events.values import EventValues
from tests.python.spark.event_contracts import compiled

_KEPT: dict[str, Any] = {
    "parcel": {"type": "string", "minLength": 1, "maxLength": 64, "x-use": "identity"},
    "sender_id": {"type": "string", "minLength": 1, "maxLength": 64, "x-use": "pseudonym"},
    "packed": {"type": "string", "format": "date-time", "x-use": "event-time"},
    "is_late": {"type": ["boolean", "null"], "x-use": "label"},
}

BEFORE = compiled(
    "parcels",
    {
        **_KEPT,
        "depot": {"type": "string", "minLength": 1, "maxLength": 20},
        "weight": {"type": ["number", "null"], "minimum": 0, "maximum": 10},
        "remark": {"type": ["string", "null"], "maxLength": 200},
    },
    *("parcel", "sender_id", "packed", "depot"),
)

# The new field comes first: a reader that selects columns by position reads the wrong ones.
AFTER = compiled(
    "parcels",
    {
        "crates": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
        **_KEPT,
        "depot": {"type": ["string", "null"], "minLength": 1, "maxLength": 20},
        "weight": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
        "remark": {"type": ["string", "null"], "maxLength": 40},
    },
    *("parcel", "sender_id", "packed"),
)

# In this order: new, optional instead of required, with a looser limit, with a tighter one.
CHANGED = ("crates", "depot", "weight", "remark")

LONG_REMARK = "x" * 41
TIGHTENED_REASON, TIGHTENED_FIELD = "too_long", "remark"

# Prefixes of identities: the producer of an event, and its time.
EARLY, EARLY_LONG, OLD, OLD_LONG, NEW = "early", "early-long", "old", "old-long", "new"

_MOMENT = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def early_producers() -> Iterator[SentRecord]:
    """Yields records without end that only a job with the former contract may read.

    Every tenth record has a remark that is too long later.
    """
    remarks = _long_remarks(EARLY_LONG)
    for number, record in enumerate(Crowd(BEFORE).mixed(EARLY)):
        yield record
        if number % 10 == 9:
            yield next(remarks)


def producers(new_ones_send: Callable[[], bool]) -> Iterator[SentRecord]:
    """Yields the records of producers of the old version, without end, and those of the new one.

    Records that only old producers send have the same verdict under both contracts, so that the
    job may have either. Once new producers send, remarks follow that are too long for the new
    contract, from producers that have not changed yet.

    Args:
        new_ones_send: Whether the contract of the job is the new one.
    """
    old, new = Crowd(BEFORE), Crowd(AFTER).mixed(NEW)
    old.damages = tuple(one for one in old.damages if one.reason_field not in CHANGED)
    remarks = _long_remarks(OLD_LONG, TIGHTENED_REASON, TIGHTENED_FIELD)
    for number, record in enumerate(old.mixed(OLD)):
        yield record
        if new_ones_send():
            yield next(new)
            if number % 10 == 9:
                yield next(remarks)


def stored_values(identity: str) -> tuple[Any, ...]:
    """Returns the columns `CHANGED` of a valid event, read with the new contract.

    Args:
        identity: Identity of an event of one of the producers above.
    """
    prefix, _, number = identity.rpartition("-")
    contract = AFTER if prefix == NEW else BEFORE
    event = EventValues(contract).event(prefix, int(number), _MOMENT)
    if prefix in (EARLY_LONG, OLD_LONG):
        event = with_value(event, ["remark"], LONG_REMARK)
    return tuple(value_at(event, [name]) for name in CHANGED)


def _long_remarks(
    prefix: str, expected: str = VALID, reason_field: str | None = None
) -> Iterator[SentRecord]:
    values, identity = EventValues(BEFORE), EventIdentity(BEFORE)
    for number in count():
        event = with_value(values.event(prefix, number, utc_now()), ["remark"], LONG_REMARK)
        yield SentRecord(
            identity.of_event(event),
            identity.partition_key_of(event),
            encoded(event),
            expected,
            reason_field,
        )
