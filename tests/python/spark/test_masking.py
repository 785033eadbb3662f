"""What is masked in a string, and what is not."""

from __future__ import annotations

import random
import re

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from tests.python.spark.conftest import ReadEvents, compact

CASES = {
    "nothing to hide": "nothing to hide",
    "@united thanks, @jane.doe": "@united thanks, @jane.doe",
    "write jane.doe+x@mail.example.co.uk now": "write [email] now",
    "a@b.io,c@d.org": "[email],[email]",
    "a@b is not an address": "a@b is not an address",
    "call 1-800-433-7300!": "call [phone]!",
    "(555) 123-4567": "[phone]",
    "tel:+82 10-1234-5678.": "tel:[phone].",
    "+15551234567": "[phone]",
    "555-1234": "[phone]",
    "a@b.io or 555 123 4567": "[email] or [phone]",
    "6 digits: 555-123": "6 digits: 555-123",
    "a line\nand 555-1234": "a line\nand [phone]",
    "flight 4512 on 2026-11-24 at 10:30": "flight 4512 on 2026-11-24 at 10:30",
    "2015-2016": "2015-2016",
    "$1,234,567.50 or 1.234.567,50": "$1,234,567.50 or 1.234.567,50",
    "id 123456789012345678": "id 123456789012345678",
    "x5551234567": "x5551234567",
    "@a.b@c.io": "@[email]",
    "한글 a@b.io 한글": "한글 [email] 한글",
    "(+44 20) 7946 0958": "[phone]",
    "call 07700 900123, or info@müller.de": "call [phone], or [email]",
    "2015 2016 2017 and 3.14159265358": "2015 2016 2017 and 3.14159265358",
    "a@b.co.1": "[email].1",
    "a@b.c.de-f.gh1": "[email]1",
    "a@-.x1.yz..com": "[email]..com",
    "a@b.cc@d.ee": "[email]@d.ee",
    "a@b@c.de": "a@[email]",
}

# As documented in `EmailAddresses`.
_NAME = r"(?:[^\W_]|[.%+-])[\w.%+-]*|_+"
_LABEL = r"(?:[^\W_]|-)+"
EMAIL = re.compile(rf"(?:{_NAME})@{_LABEL}(?:\.{_LABEL})*\.[^\W\d_]{{2,}}")


@pytest.fixture(scope="module")
def masked() -> dict[str, str]:
    """Filled by the first test that needs it: one query over all cases."""
    return {}


@pytest.mark.parametrize("text", CASES)
def test_masks(text: str, read_events: ReadEvents, masked: dict[str, str]) -> None:
    if not masked:
        events = read_events(*[compact(text=case) for case in CASES])
        masked.update({case: event["text"] for case, event in zip(CASES, events, strict=True)})
    assert masked[text] == CASES[text]


def test_masks_addresses_as_a_regular_expression_would(read_events: ReadEvents) -> None:
    chance = random.Random(12)
    # Few characters, so that most texts hold something like an address; no digits, so no phone.
    texts = [
        "".join(chance.choices("ab@.-_ é", [4, 4, 3, 4, 1, 1, 1, 1], k=40)) for _ in range(2000)
    ]
    events = read_events(*[compact(text=text) for text in texts])
    masked = {text: event["text"] for text, event in zip(texts, events, strict=True)}
    assert masked == {text: EMAIL.sub("[email]", text) for text in texts}
    assert sum(text != found for text, found in masked.items()) > 200


def test_finds_the_strings_that_may_need_a_mask(spark: SparkSession) -> None:
    looked_at = {
        "@united thanks": False,
        "a. @b": False,
        "@united.": True,
        "a@b.io": True,
        "12 345 6": False,
        "12 345-67": True,
        "12, 345 67": False,
        None: False,
    }
    frame = spark.createDataFrame([(text,) for text in looked_at], "value string")
    answer = F.call_function("streaming_ml.holds_mask_candidate", F.col("value"))
    assert {value: held for value, held in frame.select("value", answer).collect()} == looked_at
