"""One kind of invalid record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from local.events.contracts import EventField
from local.events.documents import Event, encoded, value_at, with_bytes, with_value
from local.events.values import plain_value


@dataclass(frozen=True)
class Damage:
    """One kind of invalid record.

    Attributes:
        name: Unique among the kinds of its field.
        reason: Expected reason of its quarantine.
        reason_field: Path of the field with the error; None if the whole record has it.
        apply: Makes the record from a valid event in which no field is absent.
    """

    name: str
    reason: str
    reason_field: str | None
    apply: Callable[[Event], bytes]


def value_damage(name: str, reason: str, field: EventField, value: object) -> Damage:
    """Another value in a field, or as the last item of its array."""

    def apply(event: Event) -> bytes:
        items = items_before_last(event, field)
        return encoded(with_value(event, field.path, value if items is None else [*items, value]))

    return Damage(name, reason, ".".join(field.path), apply)


def raw_damage(name: str, reason: str, field: EventField, raw: bytes) -> Damage:
    """Other bytes as the value of a field, or as the last item of its array."""

    def apply(event: Event) -> bytes:
        return with_bytes(event, field.path, raw, items_before_last(event, field))

    return Damage(name, reason, ".".join(field.path), apply)


def whole_damage(name: str, reason: str, path: Sequence[str], value: object) -> Damage:
    """Another value in place of a whole field, array or object."""
    return Damage(
        name, reason, ".".join(path), lambda event: encoded(with_value(event, path, value))
    )


def items_before_last(event: Event, field: EventField) -> list[object] | None:
    """Items that are, with one more, as few as the contract allows; None for a scalar."""
    if field.minimum_items is None:
        return None
    there = value_at(event, field.path) or []
    return items_of(field, there, max(field.minimum_items, 1) - 1)


def items_of(field: EventField, there: Sequence[object], count: int) -> list[object]:
    """`count` valid items, beginning with `there`."""
    more = [plain_value(field, number) for number in range(len(there), count)]
    return [*there[:count], *more]
