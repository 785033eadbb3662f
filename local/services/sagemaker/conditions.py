"""Conditions of a Condition step. Pure.

Types and members as in AWS's SDK for Python (`sagemaker.workflow.conditions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from local.services.sagemaker.expressions import Scope, resolve

Comparison = Callable[[Any, Any], bool]

COMPARISONS: Mapping[str, Comparison] = {
    "Equals": lambda left, right: bool(left == right),
    "GreaterThan": lambda left, right: bool(left > right),
    "GreaterThanOrEqualTo": lambda left, right: bool(left >= right),
    "LessThan": lambda left, right: bool(left < right),
    "LessThanOrEqualTo": lambda left, right: bool(left <= right),
}

MEMBERS: Mapping[str, tuple[str, ...]] = {
    **{kind: ("LeftValue", "RightValue") for kind in COMPARISONS},
    "In": ("QueryValue", "Values"),
    "Not": ("Expression",),
    "Or": ("Conditions",),
}
"""Required members of a condition beside its type, by type."""


class InvalidCondition(Exception):
    """The two values cannot be compared; the message shows them."""


def condition_problems(condition: Mapping[str, Any]) -> Iterator[str]:
    """Yields what is wrong with a condition and those inside of it, as ends of sentences."""
    kind = str(condition.get("Type"))
    if kind not in MEMBERS:
        yield f'has a condition of unknown type "{kind}"; expected one of {", ".join(MEMBERS)}'
        return
    missing = [name for name in MEMBERS[kind] if name not in condition]
    if missing:
        yield f'has a condition of type "{kind}" without {" and ".join(missing)}'
        return
    for name in ("Conditions", "Values"):
        if name in MEMBERS[kind] and not isinstance(condition[name], list):
            yield f'has a condition of type "{kind}" whose {name} is no list'
            return
    if kind == "Not":
        yield from condition_problems(condition["Expression"])
    for inner in condition["Conditions"] if kind == "Or" else ():
        yield from condition_problems(inner)


def all_hold(conditions: list[Mapping[str, Any]], scope: Scope) -> bool:
    """Returns whether every condition of a step holds.

    Raises:
        UnresolvedReference: A value refers to something that does not exist.
        InvalidCondition: Two values have no order.
    """
    return all(holds(condition, scope) for condition in conditions)


def holds(condition: Mapping[str, Any], scope: Scope) -> bool:
    """Returns whether one condition holds."""
    kind = condition["Type"]
    if kind == "Not":
        return not holds(condition["Expression"], scope)
    if kind == "Or":
        return any(holds(inner, scope) for inner in condition["Conditions"])
    if kind == "In":
        query = resolve(condition["QueryValue"], scope)
        return any(_same(query, value) for value in resolve(condition["Values"], scope))
    left = resolve(condition["LeftValue"], scope)
    right = resolve(condition["RightValue"], scope)
    if kind == "Equals":
        return _same(left, right)
    if not _ordered(left, right):
        raise InvalidCondition(f"{kind} cannot compare {left!r} with {right!r}.")
    return COMPARISONS[kind](left, right)


def _same(left: Any, right: Any) -> bool:
    # True == 1 in Python, not in JSON.
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _ordered(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
    return numbers or (isinstance(left, str) and isinstance(right, str))
