"""Who may take the roles of `bootstrap/`, and which state each opens."""

from __future__ import annotations

import re

import pytest

from local.permissions.language.statements import Statement, parse_policy
from tests.python.aws_models.deployment.deployment import Deployment
from tests.python.aws_models.plans import REPOSITORY

_GITHUB = "token.actions.githubusercontent.com"
_PROVIDER = f"arn:aws:iam::123456789012:oidc-provider/{_GITHUB}"
_AUDIENCE = "sts.amazonaws.com"


def _claims(subject: str, audience: str = _AUDIENCE) -> dict[str, str]:
    return {f"{_GITHUB}:sub": subject, f"{_GITHUB}:aud": audience}


_SUBJECTS = {
    "repo:owner/name:environment:dev": {"stack-dev-deploy", "stack-dev-approval"},
    "repo:owner/name:environment:dev-preview": {"stack-dev-preview"},
    "repo:owner/name:environment:prod": {"stack-prod-deploy", "stack-prod-approval"},
    "repo:owner/name:environment:prod-preview": {"stack-prod-preview"},
    "repo:owner/name:environment:dev2": set(),
    "repo:owner/name:pull_request": set(),
    "repo:owner/name:ref:refs/heads/main": set(),
    "repo:owner/name2:environment:dev": set(),
    "repo:other/name:environment:dev": set(),
    "repo:other/name:environment:prod": set(),
    "repo:other/owner/name:environment:dev": set(),
}


@pytest.mark.parametrize(("subject", "roles"), _SUBJECTS.items())
def test_a_token_takes_the_roles_of_its_environment(
    deployment: Deployment, subject: str, roles: set[str]
) -> None:
    taken = {
        role.name
        for role in deployment.roles.values()
        if role.decide_taking(_PROVIDER, _claims(subject)).allowed
    }
    assert taken == roles


@pytest.mark.parametrize(
    ("provider", "claims"),
    [
        (_PROVIDER, _claims("repo:owner/name:environment:dev", "https://github.com/owner")),
        (_PROVIDER, {f"{_GITHUB}:sub": "repo:owner/name:environment:dev"}),
        (_PROVIDER, {f"{_GITHUB}:aud": _AUDIENCE}),
        (f"{_PROVIDER}.example.com", _claims("repo:owner/name:environment:dev")),
        ("ec2.amazonaws.com", _claims("repo:owner/name:environment:dev")),
    ],
)
def test_a_token_of_another_audience_or_provider_takes_none(
    deployment: Deployment, provider: str, claims: dict[str, str]
) -> None:
    decisions = [role.decide_taking(provider, claims) for role in deployment.roles.values()]
    assert {(one.allowed, one.reason) for one in decisions} == {
        (
            False,
            "because no resource-based policy allows the sts:AssumeRoleWithWebIdentity action",
        )
    }


@pytest.mark.parametrize(
    ("workflow", "asked", "roles"),
    [("deploy.yml", 10_800, ("deploy", "approval")), ("pull-request.yml", 3600, ("preview",))],
)
def test_a_session_lasts_as_long_as_its_workflow_asks(
    deployment: Deployment, workflow: str, asked: int, roles: tuple[str, ...]
) -> None:
    text = (REPOSITORY / ".github" / "workflows" / workflow).read_text()
    said = re.findall(r"role-duration-seconds: (\d+)", text)
    # Who does not ask for a duration gets an hour.
    assert ([int(one) for one in said] or [3600]) == [asked]
    assert {
        deployment.roles[f"stack-{stack}-{what}"].session_seconds
        for stack in ("dev", "prod")
        for what in roles
    } == {asked}


_READ = {"s3:GetObject"}
_WRITE = {"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}


@pytest.mark.parametrize(
    "key",
    [
        "stacks/streaming-ml/{}.json",
        "stacks/streaming-ml/{}.json.bak",
        "history/streaming-ml/{}/{}-1.history.json",
        "backups/streaming-ml/{}/{}.1.json",
        "locks/organization/streaming-ml/{}/1.json",
    ],
)
@pytest.mark.parametrize(
    ("what", "actions"), [("deploy", _WRITE), ("approval", _WRITE), ("preview", _READ)]
)
@pytest.mark.parametrize(("stack", "other"), [("dev", "prod"), ("prod", "dev")])
def test_a_role_opens_the_state_of_its_own_stack(
    deployment: Deployment, what: str, actions: set[str], key: str, stack: str, other: str
) -> None:
    bucket = next(deployment.bootstrap.of("Bucket")).inputs["bucket"]
    role = deployment.roles[f"stack-{stack}-{what}"]

    def may(owner: str) -> set[str]:
        arn = f"arn:aws:s3:::{bucket}/.pulumi/{key.format(owner, owner)}"
        return {action for action in _WRITE if role.decide(action, arn, {}).allowed}

    assert may(stack) == actions
    assert may(other) == set()


@pytest.mark.parametrize(
    ("what", "actions"),
    [
        ("deploy", {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"}),
        ("approval", {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"}),
        ("preview", {"kms:Decrypt", "kms:DescribeKey"}),
    ],
)
def test_a_role_uses_the_key_of_the_state_and_does_not_change_it(
    deployment: Deployment, what: str, actions: set[str]
) -> None:
    key = next(deployment.bootstrap.of("Key"))
    policy: tuple[Statement, ...] = parse_policy(key.inputs["policy"], "state-key")
    role = deployment.roles[f"stack-dev-{what}"]
    arn = f"arn:aws:kms:us-east-1:123456789012:key/{key.id}"
    asked = {
        *("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"),
        *("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:CreateGrant"),
    }
    assert {one for one in asked if role.decide(one, arn, {}, policy).allowed} == actions
