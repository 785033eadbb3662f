"""Reads and writes values of events as JSON documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

Event = dict[str, Any]

# Replaced in a document by bytes that no JSON writer would write.
_PLACEHOLDER = "\u27eabytes go here\u27eb"


def encoded(content: object) -> bytes:
    """JSON as most producers write it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def padded(event: Event, size: int) -> bytes:
    """The event as exactly `size` bytes of valid JSON, by white space before its end."""
    data = encoded(event)
    return data[:-1] + b" " * (size - len(data)) + data[-1:]


def with_members(data: bytes, members: bytes) -> bytes:
    """The document of an event with further members, which begin with a comma, at its end."""
    return data[:-1] + members + data[-1:]


def value_at(event: Event, path: Sequence[str]) -> Any:
    """The value at a path; None if there is none."""
    value: Any = event
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def with_value(event: Event, path: Sequence[str], value: object) -> Event:
    """A copy of the event with a value at a path; objects that are absent are created."""
    name, *rest = path
    inner = event.get(name)
    if rest:
        value = with_value(inner if isinstance(inner, dict) else {}, rest, value)
    return {**event, name: value}


def without(event: Event, path: Sequence[str]) -> Event:
    """A copy of the event without the value at a path."""
    name, *rest = path
    if rest and isinstance(event.get(name), dict):
        return {**event, name: without(event[name], rest)}
    return {key: value for key, value in event.items() if key != name}


def with_bytes(
    event: Event, path: Sequence[str], raw: bytes, before: Sequence[object] | None = None
) -> bytes:
    """The document of the event with `raw` as the value at a path.

    Args:
        event: A valid event.
        path: Path of the field.
        raw: JSON.
        before: Items before it, if the field is an array and `raw` its last item.
    """
    value: object = _PLACEHOLDER if before is None else [*before, _PLACEHOLDER]
    return encoded(with_value(event, path, value)).replace(encoded(_PLACEHOLDER), raw)
