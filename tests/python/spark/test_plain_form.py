"""A record in its shortest form equals what its fields look like in that form; no other does."""

from __future__ import annotations

import json

import pytest
from pyspark.sql import functions as F
from streaming_ml.contract import load_event_contract
from streaming_ml.reading import is_plain

from tests.python.spark.conftest import Records, compact, post, spaced

CASES: dict[str, tuple[bool, bytes]] = {
    "required fields": (True, compact()),
    "every field": (True, compact(lang="en", source="app", label="positive")),
    "a later optional field": (True, compact(label="positive")),
    "characters beyond ASCII": (True, compact(text="한글 é 😀 \ufffd")),
    "braces and brackets in text": (True, compact(text="a } ] , : { [ b")),
    "empty text": (True, compact(text="")),
    "spaced": (False, spaced()),
    "escapes": (False, json.dumps(post(text="é")).encode()),
    "a quote in text": (False, compact(text='say "x"')),
    "a backslash in text": (False, compact(text="a\\")),
    "text that closes its own quotes": (False, compact(text='x","created_at":"y')),
    "another order": (False, compact(label="positive", lang="en")),
    "null": (False, compact(lang=None)),
    "unknown field": (False, compact(more="x")),
    "a field twice": (False, compact()[:-1] + b',"text":"hello world"}'),
    "a number": (False, compact(user_id=9)),
    "a number, its quotes made up for": (False, compact(user_id=9) + b"xx"),
    "an array": (False, compact(text=["x"])),
    "a broken byte": (False, compact(text="X").replace(b"X", b"\xff")),
    "a surrogate": (False, compact(text="X").replace(b"X", b"\xed\xa0\x80")),
    "a control character": (False, compact(text="X").replace(b"X", b"\x01")),
    "something after it": (False, compact() + b" "),
    "a line end": (False, compact() + b"\n"),
    "something before it": (False, b" " + compact()),
    "a required field missing": (False, compact(text=None)),
    "no JSON": (False, b"hello"),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, bool]:
    """Filled by the first test that needs it: one query over all cases."""
    return {}


@pytest.mark.parametrize("name", CASES)
def test_tells(name: str, records: Records, answers: dict[str, bool]) -> None:
    if not answers:
        plain = F.coalesce(is_plain(F.col("data"), load_event_contract()), F.lit(False))
        rows = records(*[data for _, data in CASES.values()]).select(
            "sequence_number", plain.alias("plain")
        )
        found = {row["sequence_number"]: row["plain"] for row in rows.collect()}
        for number, case in enumerate(CASES, start=1):
            answers[case] = found[str(number)]
    assert answers[name] == CASES[name][0]
