"""Every way a record can be wrong, with the reason the quarantine must give."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMPILED = Path(__file__).parents[3] / ".local" / "contracts" / "sentiment.json"
_CONTRACT = json.loads(_COMPILED.read_text())
_LONGEST = {field["name"]: field.get("maximumLength") for field in _CONTRACT["fields"]}
LARGEST_RECORD = int(_CONTRACT["maximumRecordBytes"])
_LONGEST_TEXT = int(_LONGEST["text"])
_LONGEST_USER = int(_LONGEST["user_id"])

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


def _with_escape(field: str, escape: bytes) -> Callable[[Post], bytes]:
    return lambda post: _encoded({**post, field: "HERE"}).replace(b"HERE", escape)


# With these four bytes begins what the Kinesis Producer Library has packed into one record.
_AGGREGATED = b"\xf3\x89\x9a\xc2"

# Names with one hash for whoever reckons with 33 a character, as Jackson does: more of them than
# its table of names takes, which all records of a process share.
_COLLIDING = b"".join(
    b',"%s":0' % f"{number:010b}".replace("0", "ab").replace("1", "bA").encode()
    for number in range(1024)
)

# Posts that are valid, whatever they look like; each once ended the job, or could have.
ODDITIES: tuple[Callable[[Post], bytes], ...] = (
    lambda post: _encoded(post)[:-1] + _COLLIDING + b"}",
    _with(created_at="1900-01-01T00:00:00Z"),
    _with(created_at="1899-12-31T23:59:00-00:01"),
    _with(text="\0"),
    _with(text="\x1c\u2028\uffff\U0010ffff"),
    _with(text="a" * 1000 + "@" + "1." * 499),
    lambda post: _encoded(post)[:-1] + b',"deep":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    lambda post: _encoded(post)[:-1] + b',"number":' + b"7" * 60_000 + b"}",
)

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
    Poison("an empty user", "too_short", _with(user_id="")),
    Poison("a user too long", "too_long", _with(user_id="u" * (_LONGEST_USER + 1))),
    Poison("blank text", "blank", _with(text=" \t\u00a0")),
    Poison("text too long", "too_long", _with(text="x" * (_LONGEST_TEXT + 1))),
    Poison("no date", "not_a_date_time", _with(created_at="yesterday")),
    Poison("before 1900", "not_a_date_time", _with(created_at="1899-12-31T23:59:59.999Z")),
    Poison("another calendar", "not_a_date_time", _with(created_at="1582-10-10T00:00:00Z")),
    Poison("year 0", "not_a_date_time", _with(created_at="0000-01-01T00:00:00+18:00")),
    Poison("a date in the future", "in_future", _days_ahead),
    Poison("an unknown label", "not_allowed", _with(label="meh")),
    Poison("half of a surrogate pair", "not_unicode", _with_escape("text", rb"\ud800")),
    Poison("halves the wrong way round", "not_unicode", _with_escape("user_id", rb"\udc00\ud800")),
    Poison("no byte", "not_json", lambda post: b""),
    Poison("arrays without end", "not_json", lambda post: b"[" * LARGEST_RECORD),
    Poison("an aggregated record of noise", "not_utf8", lambda post: _AGGREGATED + _encoded(post)),
    Poison(
        "names that collide, and no user",
        "missing_field",
        lambda post: _without("user_id")(post)[:-1] + _COLLIDING + b"}",
    ),
    Poison("one byte too many", "record_too_large", lambda post: padded(post, LARGEST_RECORD + 1)),
)

# Every reason there is for a post; that the job cannot read one is not known to happen.
REASONS = tuple(sorted({poison.reason for poison in POISONS}))
