"""Every quarantine reason, and both sides of every limit."""

from __future__ import annotations

import datetime
import json

import pytest

from tests.python.spark.conftest import ReadEvents, compact, post, spaced, verdict
from tests.python.spark.event_contracts import SENTIMENT

VALID = None
LIMIT = SENTIMENT.maximum_record_bytes


def padded_to(size: int) -> bytes:
    """A valid record of exactly `size` bytes: white space before it does not count."""
    record = compact()
    return b" " * (size - len(record)) + record


CASES: dict[str, tuple[str | None, bytes]] = {
    "compact": (VALID, compact()),
    "spaced": (VALID, spaced()),
    "one line end": (VALID, compact() + b"\n"),
    "white space around": (VALID, b" \r\n" + compact() + b"\t\n\n"),
    "braces in text": (VALID, compact(text="a } b { c")),
    "every field": (VALID, compact(lang="en", source="app", label="positive")),
    "optional fields in part": (VALID, compact(source="app")),
    "fields in another order": (
        VALID,
        json.dumps(dict(reversed(post(label="neutral").items()))).encode(),
    ),
    "escaped quote and backslash": (VALID, compact(text='a "b" \\ c')),
    "a field twice": (VALID, compact()[:-1] + b',"text":"again"}'),
    "unknown field": (VALID, compact(more={"user_id": "9"})),
    "optional fields": (VALID, compact(lang="en", source="app", label="negative")),
    "optional fields null": (VALID, compact(lang=None, source=None, label=None)),
    "characters beyond ASCII": (VALID, compact(text="한글 é 😀 \ufffd")),
    "escaped characters": (VALID, json.dumps(post(text="é 😀")).encode()),
    "numeric id": (VALID, compact(event_id="123", user_id="-1.5e7")),
    "numeric id, spaced": (VALID, spaced(event_id="123")),
    "numeric id beside a nested one": (VALID, compact(user_id="9", more={"user_id": 9})),
    "strings that look like other types": (VALID, compact(text="true")),
    "text that is an array": (VALID, spaced(text='["x"]')),
    "text that is an object": (VALID, spaced(text='{"user_id": 9}')),
    "record at the limit": (VALID, padded_to(LIMIT)),
    "record over the limit": ("record_too_large", padded_to(LIMIT + 1)),
    "lone continuation byte": ("not_utf8", b"\x80"),
    "broken byte in text": ("not_utf8", compact(text="X").replace(b"X", b"\xff")),
    "surrogate in UTF-8": ("not_utf8", compact(text="X").replace(b"X", b"\xed\xa0\x80")),
    "cut inside a character": ("not_utf8", compact(text="é")[:46] + b"\xc3"),
    "nothing": ("not_json", b""),
    "blanks": ("not_json", b"  \n"),
    "words": ("not_json", b"hello"),
    "cut short": ("not_json", compact()[:-5]),
    "trailing word": ("not_json", compact() + b" trailing"),
    "trailing brace": ("not_json", compact() + b"}"),
    "trailing bracket and brace": ("not_json", compact() + b"] }"),
    "two objects": ("several_documents", compact() + compact()),
    "two objects with a comma": ("not_json", compact() + b"," + compact()),
    "closes an array around it": ("not_json", compact() + b",0]"),
    "closes an array around it with a string": ("not_json", compact() + b',"x"]'),
    "single quotes": ("not_json", compact().replace(b'"', b"'")),
    "a comment": ("not_json", b"/* x */" + compact()),
    "NaN": ("not_json", b"NaN"),
    "NaN in a field": ("not_json", spaced(more=float("nan"))),
    "leading zero": ("not_json", compact().replace(b'"e-1"', b"007")),
    "control character in a string": ("not_json", compact(text="X").replace(b"X", b"\x01")),
    "byte order mark": ("not_json", b"\xef\xbb\xbf" + compact()),
    "UTF-16": ("not_json", compact().decode().encode("utf-16-le")),
    "an escaped surrogate": ("not_unicode at text", compact(text="X").replace(b"X", rb"\ud800")),
    "an escaped surrogate at the end of a label": (
        "not_unicode at label",
        compact(label="X").replace(b"X", rb"neutral\udbff"),
    ),
    "escaped surrogates the wrong way round": (
        "not_unicode at event_id",
        compact(event_id="X").replace(b"X", rb"\udc00\ud800"),
    ),
    "an escaped pair of surrogates": (VALID, compact(text="X").replace(b"X", rb"\ud83d\ude00")),
    "an escaped surrogate in an unknown field": (
        VALID,
        compact(more="X").replace(b"X", rb"\ud800"),
    ),
    "a comma after the last field": ("not_json", compact()[:-1] + b",}"),
    "a number, its quotes made up for": ("not_json", compact(user_id=9) + b"xx"),
    "text that closes its own quotes": (VALID, compact(text='x","created_at":"y')),
    "a field twice, the last a number": ("wrong_type at text", compact()[:-1] + b',"text":9}'),
    "a field twice, the first a number": (VALID, b'{"text":9,' + compact()[1:]),
    "a field twice, the last null": ("missing_field at text", compact()[:-1] + b',"text":null}'),
    "nested a hundred deep": (VALID, compact(more="X").replace(b'"X"', b"[" * 100 + b"]" * 100)),
    "nested 30,000 deep": (VALID, compact(more="X").replace(b'"X"', b"[" * 30_000 + b"]" * 30_000)),
    "a string nested a thousand deep": (
        "wrong_type at text",
        compact(text="X").replace(b'"X"', b"[" * 1000 + b"]" * 1000),
    ),
    "nested a thousand deep, the last bracket missing": (
        "not_json",
        compact(more="X").replace(b'"X"', b"[" * 1000 + b"]" * 999),
    ),
    "a string that is a number of 1,001 digits": (
        "wrong_type at text",
        compact(text="X").replace(b'"X"', b"7" * 1001),
    ),
    "a number of 60,000 digits": (VALID, compact(more="X").replace(b'"X"', b"7" * 60_000)),
    "an array that is cut short": ("not_json", b"[" + compact()),
    "null": ("not_an_object", b"null"),
    "a number": ("not_an_object", b" 42 "),
    "a string": ("not_an_object", b'"hello"'),
    "an array": ("not_an_object", b"[" + compact() + b"]"),
    "empty object": ("missing_field at event_id", b"{}"),
    "no event_id": ("missing_field at event_id", compact(event_id=None)),
    "no user_id": ("missing_field at user_id", compact(user_id=None)),
    "no text": ("missing_field at text", compact(text=None)),
    "no text, and a number elsewhere": ("missing_field at text", compact(text=None, event_id=9)),
    "no created_at": ("missing_field at created_at", compact(created_at=None)),
    "event_id a number": ("wrong_type at event_id", compact(event_id=7)),
    "user_id a number": ("wrong_type at user_id", spaced(user_id=-1.5e10)),
    "user_id a number beside a nested text": (
        "wrong_type at user_id",
        compact(more={"user_id": "9"}, user_id=9),
    ),
    "user_id a number after a quoted name": (
        "wrong_type at user_id",
        compact(**{'x"user_id': "9"}, user_id=9),
    ),
    "user_id a number, its quotes made up for": (
        "not_json",
        compact(user_id=9) + b"xx",
    ),
    "user_id a number and two blanks": ("wrong_type at user_id", b"  " + compact(user_id=9)),
    "user_id a number that text repeats": (
        "wrong_type at user_id",
        compact(text='"user_id":"9"', user_id=9),
    ),
    "text a boolean": ("wrong_type at text", compact(text=True)),
    "text an array": ("wrong_type at text", compact(text=["x"])),
    "text an object": ("wrong_type at text", compact(text={"x": 1})),
    "created_at a number": ("wrong_type at created_at", compact(created_at=1_764_000_000)),
    "lang a boolean": ("wrong_type at lang", compact(lang=False)),
    "source an array": ("wrong_type at source", compact(source=["app"])),
    "label a number": ("wrong_type at label", compact(label=1)),
    "text empty": ("too_short at text", compact(text="")),
    "text blank": ("blank at text", compact(text=" \t\u00a0\u3000\u2003")),
    "text of 2000 characters": (VALID, compact(text="😀" * 2000)),
    "text of 2001 characters": ("too_long at text", compact(text="😀" * 2001)),
    "event_id empty": ("too_short at event_id", compact(event_id="")),
    "event_id of 128": (VALID, compact(event_id="é" * 128)),
    "event_id of 129": ("too_long at event_id", compact(event_id="é" * 129)),
    "user_id empty": ("too_short at user_id", compact(user_id="")),
    "user_id of 128": (VALID, compact(user_id="x" * 128)),
    "user_id of 129": ("too_long at user_id", compact(user_id="x" * 129)),
    "lang of 1": ("too_short at lang", compact(lang="é")),
    "lang of 2": (VALID, compact(lang="en")),
    "lang of 35": (VALID, compact(lang="x" * 35)),
    "lang of 36": ("too_long at lang", compact(lang="x" * 36)),
    "source of 64": (VALID, compact(source="x" * 64)),
    "source of 65": ("too_long at source", compact(source="x" * 65)),
    "created_at a date": ("not_a_date_time at created_at", compact(created_at="2026-11-24")),
    "created_at a word": ("not_a_date_time at created_at", compact(created_at="yesterday")),
    "created_at in month 13": (
        "not_a_date_time at created_at",
        compact(created_at="2026-13-24T10:00:00Z"),
    ),
    "created_at without zone": (
        "not_a_date_time at created_at",
        compact(created_at="2026-11-24T10:00:00"),
    ),
    "created_at one day ahead": (VALID, compact(created_at="2026-11-25T12:00:00Z")),
    "created_at more than a day ahead": (
        "in_future at created_at",
        compact(created_at="2026-11-25T12:00:00.001Z"),
    ),
    "label of another set": ("not_allowed at label", compact(label="happy")),
    "label in capitals": ("not_allowed at label", compact(label="Neutral")),
    "label the word true": ("not_allowed at label", compact(label="true")),
}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, str | None]:
    """Filled by the first test that needs it: one query over all cases."""
    return {}


@pytest.mark.parametrize("name", CASES)
def test_classifies(name: str, read_events: ReadEvents, verdicts: dict[str, str | None]) -> None:
    if not verdicts:
        events = read_events(*[data for _, data in CASES.values()])
        verdicts.update({case: verdict(event) for case, event in zip(CASES, events, strict=True)})
    assert verdicts[name] == CASES[name][0]


def test_a_record_without_bytes_is_no_json(read_events: ReadEvents) -> None:
    assert [event["reason"] for event in read_events(b"", None)] == ["not_json"] * 2


def test_reads_the_fields_as_they_were_sent(read_events: ReadEvents) -> None:
    sent = compact(
        text="é 😀", lang="en", label="positive", created_at="2026-11-24T10:00:00.5+09:00"
    )
    twice = b'{"text":"not this",' + compact()[1:]
    first, second = (event.asDict() for event in read_events(sent, twice))
    assert first == {
        "event_id": "e-1",
        "user_key": first["user_key"],
        "text": "é 😀",
        "created_at": datetime.datetime(2026, 11, 24, 1, 0, 0, 500_000),
        "lang": "en",
        "source": None,
        "label": "positive",
        "reason": None,
        "reason_field": None,
        "unknown_fields": 0,
    }
    assert second["text"] == "hello world"


def test_a_refused_record_shows_nothing_of_itself(read_events: ReadEvents) -> None:
    (event,) = read_events(compact(text="", lang="en", source="app", label="positive", more=1))
    values = {name: value for name, value in event.asDict().items() if value is not None}
    assert values == {"reason": "too_short", "reason_field": "text", "unknown_fields": 0}
