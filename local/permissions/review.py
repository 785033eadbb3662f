"""What a run says about the deployed policies: which statements it used, which actions it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from local.permissions.call_log import Evaluated
from local.permissions.decisions import decide_call
from local.permissions.deployment.deployed import Deployed, Statements
from local.permissions.language.statements import Statement
from local.permissions.place import Place


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


@dataclass(frozen=True)
class Mutation:
    """A right that is taken away.

    Attributes:
        role: Name of the role that loses it.
        action: Which action, in small letters, from all its own statements.
    """

    role: str
    action: str


def mutations(deployed: Deployed, calls: Iterable[Evaluated]) -> list[Mutation]:
    """Returns one for each action that a role was allowed by statements of its own."""
    found = {
        Mutation(one.principal, one.call.action.lower())
        for one in calls
        if one.decision.allowed and one.principal in deployed.roles and one.decision.statements
    }
    return sorted(found, key=lambda one: (one.role, one.action))


def refused_without(
    deployed: Deployed, place: Place, calls: Iterable[Evaluated], mutation: Mutation
) -> list[str]:
    """Returns the actions that a run would have been refused without a right."""
    role = deployed.roles[mutation.role]
    own = tuple(_without(role.own, mutation.action))
    changed = replace(deployed, roles={**deployed.roles, role.name: replace(role, own=own)})
    return sorted(
        {
            one.call.action
            for one in calls
            if one.principal == role.name
            and one.decision.allowed
            and not decide_call(changed, place, role.name, one.call).allowed
        }
    )


def _without(statements: Statements, action: str) -> Iterator[Statement]:
    for statement in statements:
        actions = tuple(one for one in statement.actions if one != action)
        if actions or not statement.allows:
            yield replace(statement, actions=actions) if statement.allows else statement
