"""Whether a request is allowed. IAM user guide: "Policy evaluation logic".

A denial wins over everything. Else, within one account, one Allow is enough, of the caller's own
policies or of the resource's. Keys and roles are different: whatever their own policy does not
allow is not allowed; it may leave the decision to the account, and then the caller's policies have
to allow as well (KMS developer guide, "Key policies"; IAM user guide, "Role trust policies").
Between accounts both have to allow.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from local.permissions.language.patterns import Context
from local.permissions.language.principals import Principal
from local.permissions.language.statements import Statement


@dataclass(frozen=True)
class Request:
    """What somebody wants.

    Attributes:
        action: For example `s3:GetObject`.
        resource: ARN; `*` for an action that knows none.
        context: Condition keys by their names in small letters.
        resource_account: Whose the resource is; empty where that is the caller's.
    """

    principal: Principal
    action: str
    resource: str
    context: Context = field(default_factory=dict)
    resource_account: str = ""


class ResourcePolicy(enum.Enum):
    """What the policy of a resource decides."""

    ADDS = "adds"
    """One Allow of it is enough, and none is needed: buckets, queues, streams."""
    DECIDES = "decides"
    """Without an Allow of it nobody may: keys, roles."""


@dataclass(frozen=True)
class Decision:
    """What became of a request.

    Attributes:
        allowed: Whether it is.
        statements: Labels of the statements that allowed it, or that denied it.
        reason: Why not, as AWS ends its messages; empty when it is allowed.
    """

    allowed: bool
    statements: tuple[str, ...] = ()
    reason: str = ""


def decide(
    request: Request,
    identity: Iterable[Statement],
    resource: Iterable[Statement] = (),
    role: ResourcePolicy = ResourcePolicy.ADDS,
) -> Decision:
    """Decides a request.

    Args:
        request: Who wants what.
        identity: All statements of the caller's own policies.
        resource: All statements of the resource's policy.
        role: What that policy decides.
    """
    own = [one for one in identity if _about(one, request)]
    others = [one for one in resource if _about(one, request) and _names(one, request.principal)]
    for kind, found in (("an identity-based", own), ("a resource-based", others)):
        denials = tuple(one.label for one in found if not one.allows)
        if denials:
            return Decision(False, denials, f"with an explicit deny in {kind} policy")
    allowed = tuple(one.label for one in own)
    directly = tuple(one.label for one in others if not _by_account(one, request.principal))
    by_account = tuple(one.label for one in others if _by_account(one, request.principal))
    foreign = request.resource_account not in ("", request.principal.account)
    if role is ResourcePolicy.ADDS and not foreign:
        missing = "" if allowed or directly else _own_kind(request.principal)
        return _decision(request, allowed + directly, missing)
    if directly and not foreign:
        return _decision(request, directly, "")
    missing = "" if directly or by_account else "resource-based"
    return _decision(
        request, directly + by_account + allowed, missing or ("" if allowed else "identity-based")
    )


def _decision(request: Request, statements: tuple[str, ...], missing: str) -> Decision:
    if missing:
        return Decision(
            False, (), f"because no {missing} policy allows the {request.action} action"
        )
    return Decision(True, statements)


def _own_kind(principal: Principal) -> str:
    return "resource-based" if principal.is_service else "identity-based"


def _about(statement: Statement, request: Request) -> bool:
    return (
        statement.about_action(request.action)
        and statement.about_resource(request.resource, request.context)
        and statement.conditions_hold(request.context)
    )


def _names(statement: Statement, principal: Principal) -> bool:
    return statement.principals is not None and statement.principals.names(principal)


def _by_account(statement: Statement, principal: Principal) -> bool:
    return statement.principals is not None and statement.principals.only_by_account(principal)
