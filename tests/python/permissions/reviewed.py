"""Deployed rights that no call of the end-to-end run is allowed by, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from local.permissions.review import UnusedActions

#: Patterns of statements and of their actions, in small letters, and why nothing here uses them.
REASONS: list[tuple[str, str, str]] = []

#: Parts of the sentences about calls that a test makes to see them refused.
EXPECTED_REFUSALS: list[str] = []


def unlisted(found: Iterable[UnusedActions]) -> tuple[list[str], list[str]]:
    """Returns what is unused without a reason, and the reasons that nothing needs."""
    needed: set[int] = set()
    unexplained = []
    for one in found:
        for action in one.actions:
            reasons = [
                index
                for index, (statement, actions, _) in enumerate(REASONS)
                if fnmatchcase(one.statement, statement) and fnmatchcase(action, actions)
            ]
            needed.update(reasons)
            if not reasons:
                unexplained.append(f"{one.statement} {action}")
    idle = [f"{REASONS[index][:2]}" for index in sorted({*range(len(REASONS))} - needed)]
    return unexplained, idle
