"""Who decides. IAM user guide: "Policy evaluation logic", with its examples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from local.permissions.language.evaluation import Decision, ResourcePolicy, decide
from local.permissions.language.principals import Principal
from tests.python.permissions.language.statement import ROLE, policy, request

OBJECT = "arn:aws:s3:::b/k"
GET = request("s3:GetObject", OBJECT)
ALLOW = policy({"Sid": "Allow", "Action": "s3:GetObject", "Resource": "*"})
DENY = policy({"Sid": "Deny", "Effect": "Deny", "Action": "s3:*", "Resource": "*"})
ROOT = "arn:aws:iam::123456789012:root"

NO_IDENTITY = "because no identity-based policy allows the s3:GetObject action"
NO_RESOURCE = "because no resource-based policy allows the s3:GetObject action"


def _of_resource(principal: Any, **more: Any) -> Any:
    return policy(
        {"Sid": "R", "Principal": principal, "Action": "s3:GetObject", "Resource": "*", **more}
    )


def test_nothing_is_allowed_that_no_policy_allows() -> None:
    assert decide(GET, ()) == Decision(False, (), NO_IDENTITY)


def test_an_allow_of_the_callers_own_is_enough() -> None:
    assert decide(GET, ALLOW) == Decision(True, ("policy/Allow",))


def test_a_denial_wins_over_every_allow() -> None:
    denied = Decision(False, ("policy/Deny",), "with an explicit deny in an identity-based policy")
    assert decide(GET, [*ALLOW, *DENY]) == denied
    assert decide(GET, [*DENY, *ALLOW], _of_resource("*")) == denied


def test_a_denial_of_the_resource_wins_too() -> None:
    decision = decide(GET, ALLOW, _of_resource("*", Effect="Deny"))
    reason = "with an explicit deny in a resource-based policy"
    assert decision == Decision(False, ("policy/R",), reason)


def test_a_denial_about_others_denies_nothing() -> None:
    others = _of_resource({"AWS": "arn:aws:iam::123456789012:role/other"}, Effect="Deny")
    assert decide(GET, ALLOW, others).allowed


@pytest.mark.parametrize(
    ("principal", "allowed"),
    [
        ("*", True),
        ({"AWS": "*"}, True),
        ({"AWS": ROLE.arn}, True),
        ({"AWS": ["arn:aws:iam::123456789012:role/other", ROLE.arn]}, True),
        ({"AWS": "arn:aws:iam::123456789012:role/other"}, False),
        ({"Service": "ec2.amazonaws.com"}, False),
        # The account leaves the decision to its own policies, which say nothing.
        ({"AWS": ROOT}, False),
        ({"AWS": "123456789012"}, False),
        ({"AWS": "210987654321"}, False),
    ],
)
def test_an_allow_of_the_resource_within_the_account(principal: Any, allowed: bool) -> None:
    assert decide(GET, (), _of_resource(principal)).allowed is allowed
    assert decide(GET, ALLOW, _of_resource(principal)).allowed


def test_everybody_but_some() -> None:
    document = {"Action": "s3:*", "Resource": "*", "Effect": "Deny"}
    others = policy({**document, "NotPrincipal": {"AWS": [ROOT, "arn:aws:iam::1:role/other"]}})
    assert decide(GET, ALLOW, others).allowed
    mine = policy({**document, "NotPrincipal": {"AWS": "arn:aws:iam::1:role/other"}})
    assert not decide(GET, ALLOW, mine).allowed


DECIDES = ResourcePolicy.DECIDES


@pytest.mark.parametrize(
    ("identity", "resource", "expected"),
    [
        # A key's policy: what it does not allow is not allowed, whatever the caller's say.
        (ALLOW, (), Decision(False, (), NO_RESOURCE)),
        ((), _of_resource({"AWS": ROLE.arn}), Decision(True, ("policy/R",))),
        (ALLOW, _of_resource({"AWS": ROOT}), Decision(True, ("policy/R", "policy/Allow"))),
        ((), _of_resource({"AWS": ROOT}), Decision(False, (), NO_IDENTITY)),
        (ALLOW, _of_resource({"Service": "ec2.amazonaws.com"}), Decision(False, (), NO_RESOURCE)),
    ],
)
def test_where_the_resources_policy_decides(
    identity: Any, resource: Any, expected: Decision
) -> None:
    assert decide(GET, identity, resource, DECIDES) == expected


SERVICE = replace(GET, principal=Principal("ec2.amazonaws.com"))


@pytest.mark.parametrize(
    ("principal", "allowed"),
    [
        ({"Service": "ec2.amazonaws.com"}, True),
        ({"Service": ["sns.amazonaws.com", "ec2.amazonaws.com"]}, True),
        ({"Service": "sns.amazonaws.com"}, False),
        ({"AWS": ROOT}, False),
        ("*", True),
    ],
)
@pytest.mark.parametrize("role", ResourcePolicy)
def test_a_service_by_itself_needs_the_resources_allow(
    principal: Any, allowed: bool, role: ResourcePolicy
) -> None:
    decision = decide(SERVICE, (), _of_resource(principal), role)
    assert decision.allowed is allowed
    assert decision.reason == ("" if allowed else NO_RESOURCE)


@pytest.mark.parametrize("role", ResourcePolicy)
def test_between_accounts_both_have_to_allow(role: ResourcePolicy) -> None:
    foreign = replace(GET, resource_account="210987654321")
    direct = _of_resource({"AWS": ROLE.arn})
    assert decide(foreign, ALLOW, direct, role).allowed
    assert decide(foreign, (), direct, role).reason == NO_IDENTITY
    assert decide(foreign, ALLOW, (), role).reason == NO_RESOURCE


def test_a_trust_policy_names_no_resource() -> None:
    trust = policy(
        {
            "Principal": {"Service": "sagemaker.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
        }
    )
    takes = replace(
        request("sts:AssumeRole", ROLE.arn, {"aws:sourceaccount": "123456789012"}),
        principal=Principal("sagemaker.amazonaws.com"),
    )
    assert decide(takes, (), trust, DECIDES).allowed
    # API Gateway does not say for whom it takes a role: such a condition never holds.
    assert not decide(replace(takes, context={}), (), trust, DECIDES).allowed
    other = replace(takes, principal=Principal("ec2.amazonaws.com"))
    assert not decide(other, (), trust, DECIDES).allowed


@pytest.mark.parametrize(
    ("principal", "allowed"),
    [
        ({"Federated": "arn:aws:iam::123456789012:oidc-provider/tokens.example"}, True),
        ({"Federated": "arn:aws:iam::123456789012:oidc-provider/other.example"}, False),
        ({"AWS": "arn:aws:iam::123456789012:oidc-provider/tokens.example"}, False),
        ({"AWS": ROOT}, False),
        ({"Service": "arn:aws:iam::123456789012:oidc-provider/tokens.example"}, False),
    ],
)
def test_an_identity_provider_is_trusted_by_name(principal: Any, allowed: bool) -> None:
    statement = policy({"Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity"})
    token = replace(
        request("sts:AssumeRoleWithWebIdentity", ROLE.arn),
        principal=Principal("arn:aws:iam::123456789012:oidc-provider/tokens.example"),
    )
    assert decide(token, (), statement, ResourcePolicy.DECIDES).allowed is allowed
