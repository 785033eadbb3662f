"""What a run says about the deployed policies: what was refused, and what nothing used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from local.permissions.call_log import Evaluated
from local.permissions.deployment.deployed import Deployed


@dataclass(frozen=True)
class UnusedActions:
    """Actions of a statement that no call of a run was allowed by.

    Attributes:
        statement: Label of the statement.
        actions: Those of its actions; all of them when nothing used the statement.
    """

    statement: str
    actions: tuple[str, ...]


def denied(calls: Iterable[Evaluated]) -> list[str]:
    """Returns the calls that were refused, each in a sentence."""
    return [
        f"{one.principal} may not {one.call.action} on {one.call.resource} with "
        f"{dict(one.call.context)}: {one.decision.reason}"
        for one in calls
        if not one.decision.allowed
    ]


def unused(deployed: Deployed, calls: Iterable[Evaluated]) -> list[UnusedActions]:
    """Returns what no call was allowed by, of everything that was written to allow something.

    A statement that denies is used by not being met.
    """
    used: dict[str, set[str]] = {}
    for one in calls:
        if one.decision.allowed:
            for label in one.decision.statements:
                used.setdefault(label, set()).add(one.call.action.lower())
    found = []
    for statement in deployed.written():
        seen = used.get(statement.label, set())
        actions = tuple(one for one in statement.actions if one not in seen)
        if statement.allows and actions:
            found.append(UnusedActions(statement.label, actions))
    return found
