"""Every way a record can be wrong, with the reason the quarantine must give."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CONTRACTS = Path(__file__).parents[3] / "contracts"
_SCHEMA = json.loads(_CONTRACTS.joinpath("event.schema.json").read_text())
LARGEST_RECORD = int(_SCHEMA["$defs"]["record"]["maxLength"])
_LONGEST_TEXT = int(_SCHEMA["properties"]["text"]["maxLength"])
_LONGEST_USER = int(_SCHEMA["properties"]["user_id"]["maxLength"])
REASONS: tuple[str, ...] = tuple(
    json.loads(_CONTRACTS.joinpath("quarantine-reasons.json").read_text())
)

Post = dict[str, Any]


@dataclass(frozen=True)
class Poison:
    """One kind of wrong record.

    Attributes:
        name: Tells it from the others.
        reason: Why it must be in quarantine.
        apply: Makes it out of a valid post.
    """

    name: str
    reason: str
    apply: Callable[[Post], bytes]


def padded(post: Post, size: int) -> bytes:
    """The post as exactly `size` bytes of valid JSON, by white space before its end."""
    data = _encoded(post)
    return data[:-1] + b" " * (size - len(data)) + data[-1:]


def _encoded(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _with(**changes: object) -> Callable[[Post], bytes]:
    return lambda post: _encoded({**post, **changes})


def _without(field: str) -> Callable[[Post], bytes]:
    return lambda post: _encoded({name: post[name] for name in post if name != field})


def _days_ahead(post: Post) -> bytes:
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
    return _encoded({**post, "created_at": ahead.isoformat(timespec="seconds")})


POISONS: tuple[Poison, ...] = (
    Poison("bytes that are no UTF-8", "not_utf8", lambda post: _encoded(post)[:-2] + b'\xff\xfe"}'),
    Poison("half a document", "not_json", lambda post: _encoded(post)[: len(_encoded(post)) // 2]),
    Poison("trailing garbage", "not_json", lambda post: _encoded(post) + b" and more"),
    Poison("nothing at all", "not_json", lambda post: post["event_id"].encode()),
    Poison("an array", "not_an_object", lambda post: _encoded([post])),
    Poison("a string", "not_an_object", lambda post: _encoded(post["event_id"])),
    Poison("no user", "missing_field", _without("user_id")),
    Poison("a null id", "missing_field", _with(event_id=None)),
    Poison("a number as text", "wrong_type", _with(text=42)),
    Poison("an object as user", "wrong_type", _with(user_id={"id": "user-1"})),
    Poison("a label that is a number", "wrong_type", _with(label=1)),
    Poison("an empty user", "field_length", _with(user_id="")),
    Poison("a user too long", "field_length", _with(user_id="u" * (_LONGEST_USER + 1))),
    Poison("blank text", "text_empty", _with(text=" \t\u00a0")),
    Poison("text too long", "text_too_long", _with(text="x" * (_LONGEST_TEXT + 1))),
    Poison("no date", "created_at_invalid", _with(created_at="yesterday")),
    Poison("a date in the future", "created_at_in_future", _days_ahead),
    Poison("an unknown label", "label_unknown", _with(label="meh")),
    Poison("one byte too many", "record_too_large", lambda post: padded(post, LARGEST_RECORD + 1)),
)
