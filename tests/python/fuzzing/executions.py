"""How often each fuzzer is run, and the count of it.

A build runs few examples, the same ones each time; `FUZZ_FACTOR` times as many, others each time,
are the long form (`make drill ONLY=fuzz`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FACTOR = int(os.environ.get("FUZZ_FACTOR", "1"))

counts: Counter[str] = Counter()
"""Executions by the fuzzer's name."""


def fuzz(
    name: str, examples: int, *arguments: st.SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Makes a test of a function that must return for whatever its arguments are.

    Args:
        name: What the function fuzzes; its executions are counted under it.
        examples: How many a build tries.
    """

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        def counted(values: tuple[Any, ...]) -> None:
            counts[name] += 1
            check(*values)

        drawn: Callable[[], None] = settings(
            max_examples=examples * FACTOR,
            derandomize=FACTOR == 1,
            database=None,
            # Seconds for what takes milliseconds: a machine that is busy is no fault of the code.
            deadline=5000,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        )(given(st.tuples(*arguments))(counted))

        def test() -> None:
            drawn()

        return test

    return decorate
