"""Makes valid events of any contract from numbers, always the same ones. Pure."""

from __future__ import annotations

import datetime
import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from local.events.contracts import EventContract, EventField
from local.events.documents import Event, value_at, with_value

_USERS = 500
# Identities of one prefix follow each other; those of another prefix are far away.
_NEIGHBOURS = 1_000_000
_WORDS = "about trains, weather and #streaming at any time"
_SPAN = 1000


class EventValues:
    """Makes the events of a contract.

    Args:
        contract: The event contract.
    """

    def __init__(self, contract: EventContract) -> None:
        self._contract = contract

    def event(self, prefix: str, number: int, moment: datetime.datetime) -> Event:
        """A valid event. Optional fields mostly have a value; some are absent or null.

        An optional label is absent: it is sent later.

        Args:
            prefix: Makes identities differ from those of other prefixes.
            number: Number of the event within the prefix, from 0.
            moment: Time of the event.
        """
        event: Event = {}
        for position, field in enumerate(self._contract.fields):
            turn = (number + position) % 8
            if field.required or (turn > 1 and not self._is_label(field)):
                _put(event, field.path, _value(field, prefix, number, moment))
            elif turn == 1 and not self._is_label(field):
                _put(event, field.path, None)
        return event

    def complete(self, event: Event, prefix: str, number: int, moment: datetime.datetime) -> Event:
        """The event with a value in every field, so that no object is absent."""
        for field in self._contract.fields:
            if value_at(event, field.path) is None:
                value = _value(field, prefix, number, moment)
                event = with_value(event, field.path, value)
        return event

    @staticmethod
    def _is_label(field: EventField) -> bool:
        return "label" in field.uses


def plain_value(field: EventField, number: int) -> Any:
    """A valid value of a field, or a valid item of its array."""
    if field.allowed is not None:
        return field.allowed[number % len(field.allowed)]
    if field.type == "boolean":
        return number % 2 == 0
    if field.type == "integer":
        return _integer(field, number)
    if field.type == "number":
        return _number(field, number)
    if field.type == "date-time":
        return _text_of(datetime.datetime(2020, 1, 1) + datetime.timedelta(minutes=number))
    return _fitted(_text(field, number), field)


def _put(event: Event, path: Sequence[str], value: object) -> None:
    """Sets a value in place, because copies would make bursts of events too slow."""
    *objects, name = path
    for one in objects:
        event = event.setdefault(one, {})
    event[name] = value


def _value(field: EventField, prefix: str, number: int, moment: datetime.datetime) -> Any:
    if "identity" in field.uses:
        return _identity(field, prefix, number)
    if "event-time" in field.uses:
        return _text_of(moment.astimezone(datetime.UTC))
    if field.minimum_items is None or field.maximum_items is None:
        return plain_value(field, number)
    items = field.minimum_items + number % 3
    return [plain_value(field, number + item) for item in range(min(items, field.maximum_items))]


def _identity(field: EventField, prefix: str, number: int) -> Any:
    if field.allowed is not None:
        return plain_value(field, number)
    start = zlib.crc32(prefix.encode())
    if field.type == "integer":
        least, most = int(field.minimum or 0), int(field.maximum or 0)
        return least + (start * _NEIGHBOURS + number) % (most - least + 1)
    if field.type == "date-time":
        # Within the 17 years from 2000 on.
        seconds = datetime.timedelta(seconds=start % 2**29, milliseconds=number)
        return _text_of(datetime.datetime(2000, 1, 1) + seconds)
    text = f"{prefix}-{number:07d}"
    if field.maximum_length is not None and len(text) > field.maximum_length:
        text = hashlib.sha256(text.encode()).hexdigest()[: field.maximum_length]
    return _fitted(text, field)


def _text(field: EventField, number: int) -> str:
    if "pseudonym" in field.uses:
        return f"{field.path[-1].removesuffix('_id')}-{number % _USERS}"
    if "mask" in field.uses:
        return f"{field.path[-1]} {number} {_WORDS}"
    return f"{field.path[-1]}-{number % 10}"


def _fitted(text: str, field: EventField) -> str:
    return text[: field.maximum_length].ljust(field.minimum_length or 0, "x")


def _integer(field: EventField, number: int) -> int:
    least, most = int(field.minimum or 0), int(field.maximum or 0)
    start = 0 if least < 0 <= most else least
    turns = _USERS if "pseudonym" in field.uses else _SPAN
    return start + number % min(turns, most - start + 1)


def _number(field: EventField, number: int) -> float:
    least, most = field.minimum, field.maximum
    if least is None:
        least = 0.0 if most is None or most > 0 else most - _SPAN
    if most is None:
        most = least + _SPAN
    share = number % _SPAN / _SPAN
    return min(max(least * (1 - share) + most * share, least), most)


def _text_of(moment: datetime.datetime) -> str:
    precision = "milliseconds" if moment.microsecond else "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=precision) + "Z"
