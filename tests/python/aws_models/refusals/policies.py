"""Whether statements allow an action on a resource, as IAM decides it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from local.permissions.language import statements as language
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
    effects = {one.allows for one in _about(statements, action, resource, context)}
    return effects == {True}


def denies(statements: Iterable[Statement], action: str, resource: str, context: Context) -> bool:
    """Whether some statement denies a request."""
    return any(not one.allows for one in _about(statements, action, resource, context))


def for_service(statements: Iterable[Statement], service: str) -> list[Statement]:
    """Returns the statements of a resource's policy that are about a service: by name, or about
    everybody.
    """
    return [one for one in statements if _names(one.get("Principal", {}), service)]


def _names(principal: Any, service: str) -> bool:
    return principal == "*" or service in as_list(principal.get("Service", []))


def _about(
    statements: Iterable[Statement], action: str, resource: str, context: Context
) -> list[language.Statement]:
    carried = {key.lower(): value for key, value in context.items()}
    return [
        one
        for statement in statements
        for one in _read(json.dumps(statement))
        if one.about_action(action)
        and one.about_resource(resource, carried)
        and one.conditions_hold(carried)
    ]


@lru_cache(maxsize=4096)
def _read(statement: str) -> tuple[language.Statement, ...]:
    document = {"Version": "2012-10-17", "Statement": json.loads(statement)}
    return language.parse_policy(document, "policy")
