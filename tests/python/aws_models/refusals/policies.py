"""Whether statements allow an action on a resource, as IAM decides it. Pure.

Only what the plans use: an unknown operator of a condition is an error, so nothing passes because
it was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tests.python.aws_models.iam.documents import Statement, as_list

Context = Mapping[str, str]


def allows(statements: Iterable[Statement], action: str, resource: str, context: Context) -> bool:
    """Whether a request is allowed: some statement says so, and none denies it.

    Args:
        action: For example `kms:Decrypt`.
        resource: ARN; in a key's policy the key is `*`.
        context: Condition keys the request carries. A key that is absent here is absent from the
            request.
    """
    matching = [one for one in statements if _applies(one, action, resource, context)]
    allowed = any(one["Effect"] == "Allow" for one in matching)
    return allowed and not denies(matching, action, resource, context)


def denies(statements: Iterable[Statement], action: str, resource: str, context: Context) -> bool:
    """Whether some statement denies a request."""
    return any(
        one["Effect"] == "Deny" and _applies(one, action, resource, context) for one in statements
    )


def for_service(statements: Iterable[Statement], service: str) -> list[Statement]:
    """Returns the statements of a resource's policy that are about a service: by name, or about
    everybody.
    """
    return [one for one in statements if _names(one.get("Principal", {}), service)]


def _names(principal: Any, service: str) -> bool:
    return principal == "*" or service in as_list(principal.get("Service", []))


def _applies(statement: Statement, action: str, resource: str, context: Context) -> bool:
    actions = (_pattern(one.lower()) for one in as_list(statement["Action"]))
    resources = (_pattern(one) for one in as_list(statement.get("Resource", "*")))
    return (
        any(one.fullmatch(action.lower()) for one in actions)
        and (resource == "*" or any(one.fullmatch(resource) for one in resources))
        and all(
            _holds(operator, key, as_list(expected), context)
            for operator, conditions in statement.get("Condition", {}).items()
            for key, expected in conditions.items()
        )
    )


def _holds(operator: str, key: str, expected: list[str], context: Context) -> bool:
    actual = context.get(key)
    if operator == "Null":
        return (actual is None) == (str(expected[0]).lower() == "true")
    # A negated operator also holds for a key that is absent.
    if operator == "StringNotEquals":
        return actual is None or actual not in expected
    if actual is None:
        return False
    if operator == "StringEquals":
        return actual in expected
    if operator in ("StringLike", "ArnLike", "ArnEquals"):
        return any(_pattern(one).fullmatch(actual) for one in expected)
    if operator == "Bool":
        return actual.lower() in [str(one).lower() for one in expected]
    raise NotImplementedError(f'Nobody has said what the condition "{operator}" means.')


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A text where `*` stands for any characters and `?` for one."""
    parts = (".*" if one == "*" else "." if one == "?" else re.escape(one) for one in text)
    return re.compile("".join(parts), re.DOTALL)
