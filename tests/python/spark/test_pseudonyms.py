"""The HMAC equals the standard library's."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from tests.python.spark.conftest import ReadEvents, compact

KEYS = [b"k", b"k" * 32, b"k" * 64, b"k" * 65, bytes(range(256))]
USERS = ["u-1", "é 😀", "x" * 128, "u-1"]


@pytest.mark.parametrize("key", KEYS, ids=len)
def test_equals_the_standard_library(key: bytes, read_events: ReadEvents) -> None:
    events = read_events(*[compact(user_id=user) for user in USERS], hash_key=key)
    expected = [hmac.new(key, user.encode(), hashlib.sha256).hexdigest() for user in USERS]
    assert [event["user_key"] for event in events] == expected
