"""Odd events that are valid; each kind has ended the job once, or could have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from local.events.contracts import EventContract, EventField
from local.events.documents import Event, encoded, with_members, with_value
from local.events.record_damage import COLLIDING_NAMES, has_room_for

# No field has such a name.
_UNKNOWN = b',"x-unknown":'

# Neither white space nor letters.
_ODD_TEXTS = ("\0", "\x1c\u2028\uffff\U0010ffff")

# Up to its end, it looks like an address that is to be masked.
_NEARLY_AN_ADDRESS = "a" * 1000 + "@" + "1." * 499

# The first valid moment, and the same one in another time zone.
_FIRST_MOMENTS = ("1900-01-01T00:00:00Z", "1899-12-31T23:59:00-00:01")

Oddity = Callable[[Event], bytes]


def oddities_of(contract: EventContract) -> tuple[Oddity, ...]:
    """Returns functions that make an odd event of another one, with the same identity."""
    # A quarter of the record at most, so that the event itself has room.
    room = min(contract.maximum_record_bytes, 80_000) // 4
    members = [_UNKNOWN + b"[" * room + b"]" * room, _UNKNOWN + b"7" * (2 * room)]
    if has_room_for(contract, COLLIDING_NAMES):
        members.append(COLLIDING_NAMES)
    return (
        *(_with_members(one) for one in members),
        *(_with_value(field, value) for field, value in _odd_values(contract)),
    )


def _odd_values(contract: EventContract) -> Iterator[tuple[EventField, str]]:
    for field in contract.fields:
        if field.is_array or "identity" in field.uses or field.allowed is not None:
            continue
        if field.type == "date-time":
            yield from ((field, text) for text in _FIRST_MOMENTS)
        elif field.type == "string":
            yield from ((field, text) for text in _ODD_TEXTS if _fits(text, field))
            text = _NEARLY_AN_ADDRESS
            if "mask" in field.uses and _fits(text, field) and has_room_for(contract, text):
                yield field, text


def _fits(text: str, field: EventField) -> bool:
    most = field.maximum_length
    return len(text) >= (field.minimum_length or 0) and (most is None or len(text) <= most)


def _with_value(field: EventField, value: str) -> Oddity:
    return lambda event: encoded(with_value(event, field.path, value))


def _with_members(members: bytes) -> Oddity:
    return lambda event: with_members(encoded(event), members)
