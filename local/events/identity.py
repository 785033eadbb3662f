"""Identities of events as text, the same for an event that is sent and for its row."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from local.events.contracts import EventContract, EventField
from local.events.documents import Event, value_at

# Kinesis allows no longer partition key (PutRecord API reference).
LONGEST_PARTITION_KEY = 256


class EventIdentity:
    """Reads identity, label and partition key of events.

    Args:
        contract: The event contract.

    Attributes:
        fields: Fields of the identity.
        label: Field of the label; None if the contract has none.
    """

    def __init__(self, contract: EventContract) -> None:
        self.fields = contract.identity_fields
        self.label = next((one for one in contract.fields if "label" in one.uses), None)
        self._about = next(
            (one for one in contract.fields if "pseudonym" in one.uses and not one.is_array), None
        )

    def of_event(self, event: Event) -> tuple[str, ...]:
        """The identity of an event that is sent, one text for each field."""
        return tuple(_sent_text(field, value_at(event, field.path)) for field in self.fields)

    def of_row(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """The identity of a valid row of the lake, with pseudonyms."""
        return tuple(canonical_text(row[field.column]) for field in self.fields)

    def label_of(self, event: Event) -> str | None:
        """The label of an event; None if it has none."""
        value = None if self.label is None else value_at(event, self.label.path)
        return None if value is None else canonical_text(value)

    def partition_key_of(self, event: Event) -> str:
        """A partition key: whom the event is about, else its identity."""
        value = None if self._about is None else value_at(event, self._about.path)
        text = ":".join(self.of_event(event)) if value in (None, "") else canonical_text(value)
        return text[:LONGEST_PARTITION_KEY]


def canonical_text(value: Any) -> str:
    """The text of a value of an event or of the lake.

    A date-time is its moment in UTC, with microseconds; a boolean `true` or `false`.
    """
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _sent_text(field: EventField, value: Any) -> str:
    if field.type == "date-time":
        value = datetime.datetime.fromisoformat(value)
    return canonical_text(value)
