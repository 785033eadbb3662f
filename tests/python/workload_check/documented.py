"""The messages that docs/models.md has a way out of."""

from __future__ import annotations

import functools
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "models.md"
SECTION = "## When a workload folder is broken"


@functools.cache
def documented_messages() -> tuple[re.Pattern[str], ...]:
    """Returns the first column of the section's table; "…" stands for anything."""
    rows = PAGE.read_text().partition(SECTION)[2].partition("| message |")[2].splitlines()
    messages = [row.split(" | ")[0].removeprefix("| ") for row in rows if row.startswith("| ")]
    return tuple(
        re.compile(".*".join(map(re.escape, message.split("…"))), re.DOTALL)
        for message in messages
        if not message.startswith("**")
    )


def is_documented(problem: str) -> bool:
    """Whether a row of the page is about a problem."""
    plain = problem.replace("`", "").rstrip(".")
    return any(message.fullmatch(plain) for message in documented_messages())
