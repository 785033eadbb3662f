"""Whether a role, or a service by itself, may do something in one stack's plan. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from moto.iam.aws_managed_policies import aws_managed_policies_data

from tests.python.aws_models.iam.documents import Statement
from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals import policies
from tests.python.aws_models.refusals.stack_plan import StackPlan


def role_may(
    plan: StackPlan, role: Resource, action: str, resource: str, context: policies.Context
) -> bool:
    """Whether a role may: its policies say so, and the bucket's own policy does not deny it."""
    statements = statements_of(plan, role)
    return policies.allows(statements, action, resource, context) and not policies.denies(
        _bucket_statements(plan, resource), action, resource, context
    )


def service_may(
    plan: StackPlan, service: str, action: str, resource: str, context: policies.Context
) -> bool:
    """Whether a service may by itself: the policy of the resource says so."""
    statements = policies.for_service(_resource_statements(plan, resource), service)
    # In the policy of a key the key is "*".
    named = "*" if action.startswith("kms:") else resource
    return policies.allows(statements, action, named, context)


def granted(plan: StackPlan, principal: str, operation: str, key: str) -> bool:
    """Whether a grant lends a key to a principal for an operation such as `Decrypt`."""
    owner = plan.key_of(key)
    return owner is not None and any(
        grant.inputs["granteePrincipal"] == principal
        and grant.inputs["keyId"].endswith(owner.id)
        and operation in grant.inputs["operations"]
        for grant in plan.of("Grant")
    )


def statements_of(plan: StackPlan, role: Resource) -> list[Statement]:
    """Returns all a role's statements: inline ones, and those of AWS's managed policies.

    Raises:
        LookupError: A managed policy is attached whose text nobody has here.
    """
    name = role.inputs["name"]
    inline = [
        statement
        for policy in plan.of("RolePolicy")
        if policy.inputs["role"] == name
        for statement in _statements(policy.inputs["policy"])
    ]
    attached = [
        statement
        for attachment in plan.of("RolePolicyAttachment")
        if attachment.inputs["role"] == name
        for statement in managed_policy(attachment.inputs["policyArn"])
    ]
    return [*inline, *attached]


def managed_policy(arn: str) -> list[Statement]:
    """Returns the statements of one of AWS's managed policies, in moto's copy.

    Raises:
        LookupError: moto has no such policy.
    """
    name = arn.rsplit("/", 1)[-1]
    if name not in _managed_policies():
        raise LookupError(f'moto has no managed policy "{name}": give its statements here.')
    return _statements(_managed_policies()[name]["Document"])


@cache
def _managed_policies() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(aws_managed_policies_data)
    return known


def _statements(document: str | Mapping[str, Any]) -> list[Statement]:
    parsed = json.loads(document) if isinstance(document, str) else document
    statements = parsed["Statement"]
    return statements if isinstance(statements, list) else [statements]


def _bucket_statements(plan: StackPlan, resource: str) -> list[Statement]:
    if not resource.split(":")[2:3] == ["s3"]:
        return []
    bucket = resource.split(":")[5].split("/")[0]
    return [
        statement
        for policy in plan.of("BucketPolicy")
        if policy.inputs["bucket"] == bucket
        for statement in _statements(policy.inputs["policy"])
    ]


def _resource_statements(plan: StackPlan, resource: str) -> list[Statement]:
    key = plan.key_of(resource) if ":kms:" in resource else None
    if key is not None:
        return _statements(key.inputs["policy"]) if "policy" in key.inputs else []
    found = _bucket_statements(plan, resource)
    for policy in plan.of("TopicPolicy"):
        if policy.inputs["arn"] == resource:
            found += _statements(policy.inputs["policy"])
    return found
