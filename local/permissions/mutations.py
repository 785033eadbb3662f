"""What a run would have been refused if a permission had not been deployed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from local.permissions.call_log import Evaluated
from local.permissions.decisions import decide_assuming, decide_call, decide_taking
from local.permissions.deployment.deployed import Deployed, Statements
from local.permissions.language.evaluation import Decision
from local.permissions.language.statements import Statement
from local.permissions.place import Place


@dataclass(frozen=True)
class Mutation:
    """A permission that is taken away.

    Attributes:
        owner: Name of the role that loses it, or the label of a statement of another policy: who
            may take a role, use a key, a bucket or a queue.
        action: Which action, in small letters.
        labels: Of the statements that lose it. Of a role's own all do, because one call may be
            allowed by several.
    """

    owner: str
    action: str
    labels: frozenset[str]


def mutations(deployed: Deployed, calls: Iterable[Evaluated]) -> list[Mutation]:
    """Returns one for each action that a call of a run was allowed by."""
    owners = {
        statement.label: role.name for role in deployed.roles.values() for statement in role.own
    }
    written = {statement.label for statement in deployed.written()}
    found = set()
    for one in calls:
        for label in written & set(one.decision.statements if one.decision.allowed else ()):
            owner = owners.get(label, label)
            labels = frozenset(key for key in owners if owners[key] == owner) or {label}
            found.add(Mutation(owner, one.call.action.lower(), frozenset(labels)))
    return sorted(found, key=lambda one: (one.owner, one.action))


def refused_without(
    deployed: Deployed, place: Place, calls: Iterable[Evaluated], mutation: Mutation
) -> list[str]:
    """Returns the actions that a run would have been refused without a permission."""
    changed = _without(deployed, mutation)
    return sorted(
        {
            one.call.action
            for one in calls
            if one.decision.allowed and not _decide(changed, place, one).allowed
        }
    )


def _decide(deployed: Deployed, place: Place, one: Evaluated) -> Decision:
    if one.principal in deployed.roles:
        return decide_call(deployed, place, one.principal, one.call)
    taken = deployed.roles[one.call.resource.rsplit("/", 1)[-1]]
    if one.principal.endswith(".amazonaws.com"):
        return decide_taking(taken, one.principal, one.call.context)
    return decide_assuming(taken, one.principal, place.account)


def _without(deployed: Deployed, mutation: Mutation) -> Deployed:
    def changed(statements: Statements) -> Statements:
        return tuple(_cut(statements, mutation))

    return replace(
        deployed,
        roles={
            name: replace(role, trust=changed(role.trust), own=changed(role.own))
            for name, role in deployed.roles.items()
        },
        policies={arn: changed(of) for arn, of in deployed.policies.items()},
        keys={arn: changed(of) for arn, of in deployed.keys.items()},
    )


def _cut(statements: Statements, mutation: Mutation) -> Iterator[Statement]:
    for statement in statements:
        if statement.label not in mutation.labels or not statement.allows:
            yield statement
            continue
        actions = tuple(one for one in statement.actions if one != mutation.action)
        if actions:
            yield replace(statement, actions=actions)
