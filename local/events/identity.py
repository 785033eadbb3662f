"""What tells an event from all others, in the same words whoever has written it down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from local.events.contracts import EventContract, EventField
from local.events.documents import Event, value_at

# Kinesis takes no longer partition key (PutRecord API reference).
LONGEST_PARTITION_KEY = 256


def identity_of(contract: EventContract, event: Event) -> tuple[str, ...]:
    """The identity of an event as it is sent, one text for each field of the contract's."""
    return tuple(
        canonical_text(_moment(value) if field.type == "date-time" else value)
        for field in contract.identity_fields
        for value in [value_at(event, field.path)]
    )


def label_field(contract: EventContract) -> EventField | None:
    """The field of the label; None where the contract has none."""
    return next((field for field in contract.fields if "label" in field.uses), None)


def label_of(contract: EventContract, event: Event) -> str | None:
    """The label of an event; None where it has none, or its contract has no such field."""
    field = label_field(contract)
    value = None if field is None else value_at(event, field.path)
    return None if value is None else canonical_text(value)


def partition_key_of(contract: EventContract, event: Event) -> str:
    """What a producer would partition by: whom the event is about, else what it is."""
    for field in contract.fields:
        if "pseudonym" in field.uses and not field.is_array:
            value = value_at(event, field.path)
            if value not in (None, ""):
                return canonical_text(value)[:LONGEST_PARTITION_KEY]
    return ":".join(identity_of(contract, event))[:LONGEST_PARTITION_KEY]


def canonical_text(value: Any) -> str:
    """The one text of a value, whether it comes from an event or from the lake.

    A date-time is its moment in UTC, with microseconds; a boolean `true` or `false`.
    """
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def row_identity(contract: EventContract, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The identity of a valid row of the lake; of a pseudonym, the pseudonym."""
    return tuple(canonical_text(row[field.column]) for field in contract.identity_fields)


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)
