"""Policies of one statement, and requests to them."""

from __future__ import annotations

from typing import Any

from local.permissions.language.evaluation import Decision, Request, decide
from local.permissions.language.patterns import Context
from local.permissions.language.principals import Principal
from local.permissions.language.statements import Statement, parse_policy

ROLE = Principal("arn:aws:iam::123456789012:role/job", "123456789012")
"""Who asks unless a test says otherwise."""


def policy(*statements: dict[str, Any]) -> tuple[Statement, ...]:
    """Returns a policy, read; each statement allows unless it says otherwise."""
    given = [{"Effect": "Allow", **statement} for statement in statements]
    return parse_policy({"Version": "2012-10-17", "Statement": given}, "policy")


def request(action: str, resource: str, context: Context | None = None) -> Request:
    """Returns a request of the role."""
    return Request(ROLE, action, resource, context or {})


def allows(statement: dict[str, Any], context: Context) -> bool:
    """Whether a statement about everything allows a request with a context."""
    given = policy({"Action": "*", "Resource": "*", **statement})
    decision: Decision = decide(request("s3:GetObject", "arn:aws:s3:::b/k", context), given)
    return decision.allowed
