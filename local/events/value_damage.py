"""Damage of values that have the right type and violate a rule of their field."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator
from itertools import count

from local.events.contracts import EventContract, EventField
from local.events.damage_kind import Damage, items_of, raw_damage, value_damage
from local.events.documents import Event, encoded, value_at, with_value
from local.events.record_damage import has_room_for

Now = Callable[[], datetime.datetime]

_NO_DATE_TIMES = {
    "no date": "yesterday",
    "before 1900": "1899-12-31T23:59:59.999Z",
    "another calendar": "1582-10-10T00:00:00Z",
    "year 0": "0000-01-01T00:00:00+18:00",
}


def value_damages(contract: EventContract, field: EventField, now: Now) -> Iterator[Damage]:
    """Yields the damages of the value of a field, or of an item and the length of its array."""
    if field.is_array:
        yield from _array_damages(contract, field)
    if field.allowed is not None:
        yield from _enum_damages(field)
    elif field.type == "string":
        yield from _string_damages(contract, field)
    elif field.type == "date-time":
        for name, value in _NO_DATE_TIMES.items():
            yield value_damage(name, "not_a_date_time", field, value)
        if "event-time" in field.uses:
            yield _in_future(field, now)
    elif field.type in ("integer", "number"):
        yield from _range_damages(field)


def _string_damages(contract: EventContract, field: EventField) -> Iterator[Damage]:
    fewest, most = field.minimum_length or 0, field.maximum_length
    if fewest > 0:
        yield value_damage("too short", "too_short", field, "x" * (fewest - 1))
        blank = (" \t\u00a0" * fewest)[: max(fewest, min(3, most or 3))]
        yield value_damage("nothing but white space", "blank", field, blank)
    # Otherwise the record would be too large, which is checked first.
    if most is not None and has_room_for(contract, "x" * (most + 1)):
        yield value_damage("too long", "too_long", field, "x" * (most + 1))


def _enum_damages(field: EventField) -> Iterator[Damage]:
    allowed = field.allowed or ()
    fewest = max(1, field.minimum_length or 0)
    value = next(text for size in count(fewest) if (text := "?" * size) not in allowed)
    if field.maximum_length is None or len(value) <= field.maximum_length:
        yield value_damage("a value of no list", "not_allowed", field, value)


def _range_damages(field: EventField) -> Iterator[Damage]:
    for limit, reason, raw, direction in (
        (field.minimum, "too_small", b"-1e400", -math.inf),
        (field.maximum, "too_large", b"1e400", math.inf),
    ):
        if field.type == "integer":
            if limit is not None:
                step = 1 if direction > 0 else -1
                yield value_damage(f"by one {reason}", reason, field, int(limit) + step)
            continue
        yield raw_damage(f"for a double {reason}", reason, field, raw)
        if limit is not None and math.isfinite(beyond := math.nextafter(limit, direction)):
            yield value_damage(f"by a bit {reason}", reason, field, beyond)


def _array_damages(contract: EventContract, field: EventField) -> Iterator[Damage]:
    fewest, most = field.minimum_items or 0, field.maximum_items or 0
    if fewest > 0:
        yield _of_length("too few items", "too_few_items", field, fewest - 1)
    # Otherwise the record would be too large, which is checked first.
    if has_room_for(contract, encoded(items_of(field, [], most + 1))):
        yield _of_length("too many items", "too_many_items", field, most + 1)


def _of_length(name: str, reason: str, field: EventField, length: int) -> Damage:
    def apply(event: Event) -> bytes:
        items = items_of(field, value_at(event, field.path) or [], length)
        return encoded(with_value(event, field.path, items))

    return Damage(name, reason, ".".join(field.path), apply)


def _in_future(field: EventField, now: Now) -> Damage:
    def apply(event: Event) -> bytes:
        ahead = now().astimezone(datetime.UTC) + datetime.timedelta(days=3)
        return encoded(with_value(event, field.path, ahead.isoformat(timespec="seconds")))

    return Damage("in the future", "in_future", ".".join(field.path), apply)
