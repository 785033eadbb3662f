"""JSON that is nearly right: a good document of which parts were changed."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

_WORDS = ["", "Name", "Type", "Get", "Values", "x", "Steps.A.B", "\ud800", "é", "9" * 4400]
LEAVES: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -1, 2**63])
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(_WORDS)
)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_WORDS) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def nearly(document: Any) -> st.SearchStrategy[Any]:
    """Draws the document with up to four of its parts replaced, moved, doubled or left out."""
    return st.lists(_CHANGE, max_size=4).map(lambda changes: _changed(document, changes))


def texts(values: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    """Draws the JSON of the values, once in a while cut off or with bytes of other things in it."""
    return st.builds(_damaged, values.map(json.dumps), st.integers(0, 40), st.text(max_size=3))


# Which part, what is done to it, and what it becomes.
_CHANGE = st.tuples(
    st.integers(0, 10_000), st.sampled_from(["replace", "wrap", "copy", "drop"]), ANY_JSON
)


def _changed(document: Any, changes: list[tuple[int, str, Any]]) -> Any:
    whole = [copy.deepcopy(document)]
    for chosen, what, value in changes:
        places = list(_places(whole))
        holder, key = places[chosen % len(places)]
        if what == "replace":
            holder[key] = value
        elif what == "wrap":
            holder[key] = [holder[key]]
        elif what == "copy":
            other, there = places[(chosen // 7) % len(places)]
            holder[key] = copy.deepcopy(other[there])
        elif holder is not whole:
            del holder[key]
    return whole[0]


def _places(holder: Any) -> Any:
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        yield holder, key
        if isinstance(holder[key], dict | list):
            yield from _places(holder[key])


def _damaged(text: str, at: int, inserted: str) -> str:
    return text if at > 2 else text[: len(text) // (at + 1)] + inserted
