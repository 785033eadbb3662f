"""Damage of whole records, and of names in them."""

from __future__ import annotations

from local.events.contracts import EventContract
from local.events.damage_kind import Damage
from local.events.documents import Event, encoded, padded, with_members, without

# The first four bytes of a record that the Kinesis Producer Library has aggregated.
_AGGREGATED = b"\xf3\x89\x9a\xc2"

# Kinesis allows no larger record, with its partition key.
_LARGEST_OF_KINESIS = 1024 * 1024 - 1024

# Names with the same hash in Jackson, which multiplies by 33 for each character: more of them than
# its table of names allows, which all records of a process share.
COLLIDING_NAMES = b"".join(
    b',"%s":0' % f"{number:010b}".replace("0", "ab").replace("1", "bA").encode()
    for number in range(1024)
)


def record_damages(contract: EventContract) -> list[Damage]:
    """Returns the damages of whole records; one that is too large only if Kinesis allows it."""
    most = contract.maximum_record_bytes
    damages = [
        Damage("bytes that are no UTF-8", "not_utf8", None, _with_bad_bytes),
        Damage("an aggregated record of noise", "not_utf8", None, _aggregated),
        Damage("half a document", "not_json", None, _half),
        Damage("without its end", "not_json", None, lambda event: encoded(event)[:-1]),
        Damage("trailing garbage", "not_json", None, lambda event: encoded(event) + b" and more"),
        Damage("no JSON at all", "not_json", None, lambda event: b"no JSON at all"),
        Damage("no byte", "not_json", None, lambda event: b""),
        Damage("arrays without end", "not_json", None, lambda event: b"[" * min(most, 65_536)),
        Damage("an array", "not_an_object", None, lambda event: encoded([event])),
        Damage("a string", "not_an_object", None, lambda event: encoded("a string")),
    ]
    if most < _LARGEST_OF_KINESIS:
        damages.append(
            Damage(
                "one byte too many", "record_too_large", None, lambda event: padded(event, most + 1)
            )
        )
    if has_room_for(contract, COLLIDING_NAMES):
        damages.append(_colliding(contract))
    return damages


def has_room_for(contract: EventContract, content: bytes | str) -> bool:
    """Whether a record with this and an event is not too large for the contract."""
    return len(content) < contract.maximum_record_bytes // 2


def _colliding(contract: EventContract) -> Damage:
    path = contract.identity_fields[0].path

    def apply(event: Event) -> bytes:
        return with_members(encoded(without(event, path)), COLLIDING_NAMES)

    name = "names that collide, and no identity"
    return Damage(name, "missing_field", ".".join(path), apply)


def _with_bad_bytes(event: Event) -> bytes:
    return encoded(event)[:-1] + b"\xff\xfe\x80}"


def _aggregated(event: Event) -> bytes:
    return _AGGREGATED + encoded(event)


def _half(event: Event) -> bytes:
    data = encoded(event)
    # Half of a character would be invalid for another reason.
    return data[: len(data) // 2].decode(errors="ignore").encode()
