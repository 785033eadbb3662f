"""Which policies are asked about a call, and with which condition keys. Pure."""

from __future__ import annotations

from local.permissions.calls.call import Call
from local.permissions.deployment.deployed import Deployed, Role, Statements
from local.permissions.language.evaluation import Decision, Request, ResourcePolicy, decide
from local.permissions.language.patterns import Context
from local.permissions.language.principals import Principal
from local.permissions.place import Place


def decide_call(deployed: Deployed, place: Place, role_name: str, call: Call) -> Decision:
    """Decides a call of a role.

    Raises:
        PolicyError: A policy says something that nobody here understands.
    """
    role = deployed.roles.get(role_name)
    if role is None:
        return Decision(False, (), f"because there is no role {role_name}")
    principal = Principal(role.arn, place.account)
    request = Request(principal, call.action, call.resource, _context(place, role, call.context))
    statements, part = _resource_policy(deployed, call)
    return decide(request, role.statements_about(call.action), statements, part)


def decide_taking(role: Role, service: str, context: Context) -> Decision:
    """Decides whether a service may take a role: its trust policy says so or not."""
    request = Request(Principal(service), "sts:AssumeRole", role.arn, context)
    return decide(request, (), role.trust, ResourcePolicy.DECIDES)


def decide_assuming(role: Role, root: str, account: str) -> Decision:
    """Decides whether an account's administrator may take a role: it has to trust the account."""
    request = Request(Principal(root, account), "sts:AssumeRole", role.arn)
    return decide(request, (), role.trust, ResourcePolicy.DECIDES)


def _context(place: Place, role: Role, own: Context) -> Context:
    return {
        "aws:principalaccount": place.account,
        "aws:principalarn": role.arn,
        "aws:principaltype": "AssumedRole",
        "aws:requestedregion": place.region,
        # On AWS the clients speak HTTPS; none of the jobs or services is told an endpoint there.
        "aws:securetransport": "true",
        "aws:viaawsservice": "false",
        "kms:calleraccount": place.account,
        **own,
    }


def _resource_policy(deployed: Deployed, call: Call) -> tuple[Statements, ResourcePolicy]:
    service = call.action.partition(":")[0]
    if service == "kms" and call.resource != "*":
        return deployed.keys.get(call.resource, ()), ResourcePolicy.DECIDES
    if service == "sts" and call.action == "sts:AssumeRole":
        role = deployed.roles.get(call.resource.rsplit("/", 1)[-1])
        return (() if role is None else role.trust), ResourcePolicy.DECIDES
    # A bucket's policy is about its objects, too.
    owner = call.resource.partition("/")[0] if service == "s3" else call.resource
    return deployed.policies.get(owner, ()), ResourcePolicy.ADDS
