"""Hypothesis strategies for the values of hostile records."""

from __future__ import annotations

import json
from collections.abc import Collection

from hypothesis import strategies as st

# All characters, and all halves of surrogate pairs.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
_ODD_CHARACTERS = ("😀", "\0", "\x1c", "\u2028", "\ufeff", "\ufffe", "\ud800", "\udc00\ud800")
_UNICODE = st.text(min_size=1, max_size=20)


def _lengths(limit: int) -> st.SearchStrategy[int]:
    return st.one_of(
        st.sampled_from([0, 1, limit - 1, limit, limit + 1]), st.integers(0, limit + 9)
    )


def texts(limit: int) -> st.SearchStrategy[str]:
    """Short strings of any characters, and strings around a limit that repeat a character."""
    return st.one_of(
        st.builds(lambda text, odd: text + odd, ANY_TEXT, st.sampled_from(_ODD_CHARACTERS)),
        _UNICODE,
        st.builds(
            lambda unit, length: (unit * length)[:length],
            st.one_of(
                _UNICODE,
                st.sampled_from(["a.", "1.", "a@1.", "@a", "0-", "+1 (", *_ODD_CHARACTERS]),
            ),
            _lengths(limit),
        ),
        st.builds(lambda local, dots: "a" * local + "@" + "1." * dots, *[st.integers(0, 999)] * 2),
    )


def date_times() -> st.SearchStrategy[str]:
    numbers = [
        st.one_of(
            st.sampled_from([0, 1, 1582, 1883, 1899, 1900, 1969, 2025, 9999]),
            st.integers(1890, 2025),
        ),
        st.one_of(st.sampled_from([1, 12]), st.integers(0, 13)),
        st.one_of(st.sampled_from([1, 31]), st.integers(0, 32)),
        st.one_of(st.sampled_from([0, 23]), st.integers(0, 24)),
        st.one_of(st.sampled_from([0, 59]), st.integers(0, 60)),
        st.one_of(st.sampled_from([0, 59]), st.integers(0, 60)),
    ]
    fractions = st.one_of(st.just(""), st.integers(0, 10**12).map(".{}".format))
    zones = st.one_of(
        st.just("Z"),
        st.builds(
            "{}{:02}:{:02}".format,
            st.sampled_from("+-"),
            st.integers(0, 19),
            st.sampled_from([0, 30, 59, 60]),
        ),
    )
    built = st.builds("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{}".format, *numbers, fractions, zones)
    return st.one_of(built, built, ANY_TEXT)


def _values() -> st.SearchStrategy[str]:
    """JSON values that no rule checks."""
    count = st.one_of(st.integers(0, 50), st.sampled_from([999, 1001, 5000, 30_000]))
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), ANY_TEXT
    )
    trees = st.recursive(
        leaves, lambda more: st.lists(more) | st.dictionaries(ANY_TEXT, more), max_leaves=4
    )
    return st.one_of(
        trees.map(json.dumps).map(lambda text: text.replace("Infinity", "1e999")),
        count.map(lambda deep: "[" * (deep + 1) + "]" * (deep + 1)),
        count.map(lambda deep: '{"a":' * deep + "0" + "}" * deep),
        count.map(lambda digits: "7" * (digits + 1)),
        count.map(lambda digits: f"-0.{'3' * (digits + 1)}E+{'4' * (digits + 1)}"),
        count.map(lambda length: json.dumps("x" * length)),
    )


def unknown_members(own: Collection[str]) -> st.SearchStrategy[str]:
    names = st.one_of(ANY_TEXT, st.sampled_from([50_001, 60_000]).map(lambda length: "n" * length))
    many = st.integers(0, 10**6).map(
        lambda first: members([f"field {number}" for number in range(first, first + 2000)])
    )
    one = st.builds(
        lambda name, value: f"{json.dumps(name)}:{value}",
        names.filter(lambda n: n not in own),
        _values(),
    )
    return st.one_of(one, one, one, many)


def members(names: list[str]) -> str:
    """Members of a JSON object with these names."""
    return ",".join(f"{json.dumps(name)}:0" for name in names)
