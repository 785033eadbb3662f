"""Damage of fields: absent, null, or of another type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from local.events.contracts import EventField, EventObject
from local.events.damage_kind import Damage, raw_damage, value_damage, whole_damage
from local.events.documents import encoded, without

_WRONG_TYPE = "wrong_type"

# For each type, values of other types that a producer could send, by their names.
_MISTAKEN: dict[str, dict[str, object]] = {
    "string": {"a number": 42, "a boolean": True},
    "date-time": {"a number": 1_767_225_600},
    "integer": {"a number as text": "7", "a fraction": 1.5},
    "number": {"a number as text": "7.5"},
    "boolean": {"a boolean as text": "true", "a number": 1},
}


def object_damages(one: EventObject) -> Iterator[Damage]:
    """Yields the damages of an object inside the event."""
    if one.required:
        yield from _absent(one.path)
    yield whole_damage("a text for an object", _WRONG_TYPE, one.path, "an object")
    yield whole_damage("an array for an object", _WRONG_TYPE, one.path, [])


def field_damages(field: EventField) -> Iterator[Damage]:
    """Yields the damages of a field after which it has no value of its type."""
    if field.required:
        yield from _absent(field.path)
    yield whole_damage("an object for a value", _WRONG_TYPE, field.path, {"id": 1})
    for name, value in _MISTAKEN[field.type].items():
        yield value_damage(name, _WRONG_TYPE, field, value)
    if field.is_array:
        yield value_damage("null for an item", _WRONG_TYPE, field, None)
        yield whole_damage("one item without its array", _WRONG_TYPE, field.path, 42)
    else:
        yield whole_damage("an array for a value", _WRONG_TYPE, field.path, [])
    if field.type in ("string", "date-time"):
        yield raw_damage("half of a surrogate pair", "not_unicode", field, rb'"\ud800"')
        yield raw_damage("halves the wrong way round", "not_unicode", field, rb'"\udc00\ud800"')


def _absent(path: Sequence[str]) -> Iterator[Damage]:
    where = ".".join(path)
    yield Damage("absent", "missing_field", where, lambda event: encoded(without(event, path)))
    yield whole_damage("null", "missing_field", path, None)
