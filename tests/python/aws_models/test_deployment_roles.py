"""What dev and prod ask of AWS, against the roles that `bootstrap/` plans for their workflows.

Proves that the policies allow what the review lists, on the names that the stacks have; not that
the review lists all that the provider calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from local.permissions.language.statements import Statement
from tests.python.aws_models.deployment.authorization import is_kind
from tests.python.aws_models.deployment.calls import ARNS, NEVER_SENT, Asked
from tests.python.aws_models.deployment.conditions import CONDITIONAL
from tests.python.aws_models.deployment.deployment import Deployment
from tests.python.aws_models.deployment.roles import DeploymentRole
from tests.python.aws_models.refusals.stack_plan import StackPlan

_DEPLOYED = ("dev", "prod", "everything")


@pytest.fixture(scope="session")
def asked(deployment: Deployment, stacks: list[StackPlan]) -> dict[str, list[Asked]]:
    """What each deployed stack asks for, and one that has every option."""
    plans = {plan.stack: plan for plan in stacks} | {"everything": deployment.everything}
    return {name: list(deployment.asked(plans[name])) for name in _DEPLOYED}


def _role(deployment: Deployment, stack: str, what: str) -> DeploymentRole:
    return deployment.roles[f"stack-{'prod' if stack == 'everything' else stack}-{what}"]


def _denied(role: DeploymentRole, asked: Iterable[Asked]) -> list[str]:
    """Returns a sentence for each call that the role may not make."""
    found = {
        f"{role.name} may not {one.action} on {one.resource} {decision.reason}"
        for one in asked
        if not (decision := role.decide(one.action, one.resource, one.context)).allowed
    }
    return sorted(found)


@pytest.mark.parametrize("stack", _DEPLOYED)
def test_who_deploys_may_do_all_that_the_stack_asks(
    deployment: Deployment, asked: dict[str, list[Asked]], stack: str
) -> None:
    assert len(asked[stack]) > 1000
    assert _denied(_role(deployment, stack, "deploy"), asked[stack]) == []


def _opened_to_previews(one: Asked) -> bool:
    """Whether a preview may do it although it is more than looking: read a model's schema, which
    may lie under the lake's key.
    """
    schema = one.action == "s3:GetObject" and "/schemas/" in one.resource
    through_s3 = one.context.get("kms:viaservice", "").startswith("s3.")
    return schema or (one.action == "kms:Decrypt" and through_s3)


@pytest.mark.parametrize("stack", _DEPLOYED)
def test_who_previews_may_look_and_do_nothing_else(
    deployment: Deployment, asked: dict[str, list[Asked]], stack: str
) -> None:
    role = _role(deployment, stack, "preview")
    looking = [
        one for one in asked[stack] if one.action in deployment.reading or _opened_to_previews(one)
    ]
    more = [one for one in asked[stack] if one not in looking]
    assert _denied(role, looking) == []
    assert [one for one in more if role.decide(one.action, one.resource, one.context).allowed] == []
    assert {"s3:PutObject", "secretsmanager:GetSecretValue"} <= {one.action for one in more}


# Roles whose policies follow the model that serves.
_MODEL_ROLES = ("access-on-call-", "api-role-", "endpoint-role-")


@pytest.mark.parametrize("stack", _DEPLOYED)
def test_who_deploys_an_approved_model_may_do_all_that_follows(
    deployment: Deployment, asked: dict[str, list[Asked]], stack: str
) -> None:
    role = _role(deployment, stack, "approval")
    following = [one for one in asked[stack] if one.type in deployment.approval]
    changed = [
        one
        for one in following
        if one.kind != "iam:role" or one.resource.rsplit("/", 1)[-1].startswith(_MODEL_ROLES)
    ]
    assert _denied(role, changed) == []
    others = [
        one for one in following if one not in changed and one.action not in deployment.reading
    ]
    assert others != []
    assert len(_denied(role, others)) == len({(one.action, one.resource) for one in others})


# Kinds whose names say which stack they belong to. Of others dev's role may change prod's in one
# account (docs/first-deploy.md).
_STACKS_OWN = {
    "cloudwatch:dashboard",
    "glue:database",
    "glue:table",
    "sagemaker:endpoint",
    "sagemaker:model-package",
    "sagemaker:model-package-group",
    "sagemaker:pipeline",
    "sagemaker:pipeline-execution",
}


def _bears_its_stacks_name(one: Asked) -> bool:
    # Alarms of target tracking have the endpoint's name.
    return one.kind in _STACKS_OWN or ":alarm:TargetTracking-" in one.resource


@pytest.mark.parametrize(("stack", "other"), [("dev", "prod"), ("prod", "dev")])
@pytest.mark.parametrize("what", ["deploy", "approval", "preview"])
def test_no_role_reaches_what_bears_another_stacks_name(
    deployment: Deployment, asked: dict[str, list[Asked]], what: str, stack: str, other: str
) -> None:
    role = _role(deployment, stack, what)
    named = [one for one in asked[other] if _bears_its_stacks_name(one)]
    assert {one.kind for one in named} >= _STACKS_OWN
    reached = [one for one in named if role.decide(one.action, one.resource, one.context).allowed]
    assert reached == []


def test_dev_reaches_of_prod_what_the_guide_says(
    deployment: Deployment, asked: dict[str, list[Asked]]
) -> None:
    role = _role(deployment, "dev", "deploy")
    reached = [one for one in asked["prod"] if not _bears_its_stacks_name(one)]
    assert _denied(role, reached) == []


def test_every_arn_is_written_as_iam_writes_it(asked: dict[str, list[Asked]]) -> None:
    written = {(one.kind, one.resource) for calls in asked.values() for one in calls if one.kind}
    assert [one for one in sorted(written) if not is_kind(*one)] == []


def test_every_row_is_about_something_reviewed_and_planned(
    deployment: Deployment, asked: dict[str, list[Asked]]
) -> None:
    assert set(ARNS) == set(deployment.actions)
    planned = {(one.type, one.kind) for calls in asked.values() for one in calls}
    assert {(kind, row) for kind, rows in ARNS.items() for row in rows} - planned == set()
    reviewed = {(kind, one) for kind, actions in deployment.actions.items() for one in actions}
    assert (set(NEVER_SENT) | set(CONDITIONAL)) - reviewed == set()


def _without(statement: Statement, action: str, resource: str) -> Statement:
    return replace(
        statement,
        actions=tuple(one for one in statement.actions if one != action.lower()),
        resources=tuple(one for one in statement.resources or () if one != resource),
    )


_GATEWAY = "arn:aws:apigateway:us-east-1::"
_PROFILE = "arn:aws:iam::123456789012:instance-profile/spark-instance-???????"


@pytest.mark.parametrize(
    ("action", "resource", "denied"),
    [
        ("kinesis:CreateStream", "", {"kinesis:CreateStream"}),
        ("apigateway:", f"{_GATEWAY}/usageplans/*/keys", {"apigateway:POST"}),
        (
            "iam:",
            _PROFILE,
            {
                f"iam:{verb}{what}"
                for verb, what in [
                    ("AddRoleTo", "InstanceProfile"),
                    ("Create", "InstanceProfile"),
                    ("Delete", "InstanceProfile"),
                    ("Get", "InstanceProfile"),
                    ("RemoveRoleFrom", "InstanceProfile"),
                    ("Tag", "InstanceProfile"),
                    ("Untag", "InstanceProfile"),
                ]
            },
        ),
    ],
)
def test_an_action_or_a_resource_that_is_missing_is_named(
    deployment: Deployment,
    asked: dict[str, list[Asked]],
    action: str,
    resource: str,
    denied: set[str],
) -> None:
    role = _role(deployment, "prod", "deploy")
    less = tuple(_without(one, action, resource) for one in role.statements)
    assert less != role.statements
    sentences = _denied(replace(role, statements=less), asked["prod"])
    assert {sentence.split()[3] for sentence in sentences} == denied
    assert all(sentence.startswith("stack-prod-deploy may not ") for sentence in sentences)


@pytest.mark.parametrize(
    ("action", "context"),
    [
        ("iam:PassRole", {"iam:passedtoservice": "lambda.amazonaws.com"}),
        ("iam:PassRole", {}),
        ("iam:AttachRolePolicy", {"iam:policyarn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
    ],
)
def test_a_role_is_passed_and_given_only_what_a_stack_needs(
    deployment: Deployment,
    asked: dict[str, list[Asked]],
    action: str,
    context: dict[str, str],
) -> None:
    role = _role(deployment, "prod", "deploy")
    calls = [replace(one, context=context) for one in asked["prod"] if one.action == action]
    assert calls != []
    assert len(_denied(role, calls)) == len({one.resource for one in calls})
