"""What services do in our name against the policies of the plans.

Proves that the policies allow what the table lists; not that the table lists all that AWS does.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from local.permissions.language.errors import PolicyError
from tests.python.aws_models.iam.documents import Statement
from tests.python.aws_models.refusals import policies
from tests.python.aws_models.refusals.access import granted, role_may, service_may
from tests.python.aws_models.refusals.asks import Ask
from tests.python.aws_models.refusals.permission_row import PermissionRow
from tests.python.aws_models.refusals.permissions import PERMISSIONS
from tests.python.aws_models.refusals.stack_plan import StackPlan


def _may(plan: StackPlan, ask: Ask, action: str) -> bool:
    if ask.who.endswith(".amazonaws.com"):
        return service_may(plan, ask.who, action, ask.resource, ask.context)
    if "/aws-service-role/" in ask.who:
        return granted(plan, ask.who, action.partition(":")[2], ask.resource)
    return role_may(plan, plan.role(ask.who), action, ask.resource, ask.context)


def _denied(plan: StackPlan, rows: list[PermissionRow] = PERMISSIONS) -> list[str]:
    found = [
        f"{plan.stack}: {row.feature}: {ask.who} may not {action} on {ask.resource} with "
        f"{dict(ask.context)} ({row.source})"
        for row in rows
        for ask in row.asks(plan)
        for action in row.actions
        if not _may(plan, ask, action)
    ]
    return sorted(set(found))


def test_everything_that_services_do_in_our_name_is_allowed(stacks: list[StackPlan]) -> None:
    assert [sentence for plan in stacks for sentence in _denied(plan)] == []


def test_every_row_is_about_something_planned(stacks: list[StackPlan]) -> None:
    idle = [row.feature for row in PERMISSIONS if not any(list(row.asks(plan)) for plan in stacks)]
    assert idle == []


@pytest.fixture
def prod(stacks: list[StackPlan]) -> StackPlan:
    """The stack that has every feature."""
    return next(plan for plan in stacks if plan.stack == "prod")


@pytest.mark.parametrize(
    ("name", "text", "instead", "feature"),
    [
        (
            "spark-service-extra",
            '"kms:GenerateDataKeyWithoutPlaintext",',
            "",
            "EMR makes encrypted volumes",
        ),
        (
            "spark-service-extra",
            '"kms:GrantIsForAWSResource"',
            '"aws:ViaAWSService"',
            "EMR lends the key",
        ),
        ("alarms-policy", '"aws:SourceAccount":"1', '"aws:SourceAccount":"2', "CloudWatch announ"),
        ("training-pipeline-rights", "sagemaker.amazonaws.com", "ec2.amazonaws.com", "passes the"),
        ("endpoint-rights", "/data-capture/*", "/captured/*", "SageMaker captures requests"),
        ("lake-queries-lake-reader", '"glue:GetPartitions",', "", "a reader's table"),
        ("lake-quarantine-queries-on-call", "s3:prefix", "s3:delimiter", "lists a reader's"),
        ("lake-lake-reader-valid-read", "s3:GetObject", "s3:PutObject", "Athena reads the files"),
    ],
)
def test_a_right_that_is_missing_is_named(
    prod: StackPlan, name: str, text: str, instead: str, feature: str
) -> None:
    def change(policy: str) -> str:
        assert text in policy
        return policy.replace(text, instead)

    changed = tuple(
        replace(one, inputs={**one.inputs, "policy": change(one.inputs["policy"])})
        if one.name == name and "policy" in one.inputs
        else one
        for one in prod.resources
    )
    sentences = _denied(StackPlan("prod", changed))
    assert sentences != []
    assert all(feature in sentence for sentence in sentences)


def test_a_bucket_with_a_customer_key_refuses_logs_under_another(prod: StackPlan) -> None:
    without_key = tuple(
        replace(one, inputs={**one.inputs, "logEncryptionKmsKeyId": None})
        if one.type == "aws:emr/cluster:Cluster"
        else one
        for one in prod.resources
    )
    (sentence,) = _denied(StackPlan("prod", without_key))
    assert "EMR's nodes upload logs" in sentence
    assert "AES256" in sentence


def test_spot_nodes_without_a_loan_of_the_disk_key_are_named(prod: StackPlan) -> None:
    without_loan = tuple(one for one in prod.resources if one.type != "aws:kms/grant:Grant")
    sentences = _denied(StackPlan("prod", without_loan))
    assert sentences != []
    assert all("volumes of spot instances" in sentence for sentence in sentences)


_KEY = "arn:aws:kms:us-east-1:123456789012:key/1"


@pytest.mark.parametrize(
    ("statement", "context", "allowed"),
    [
        ({"Action": "kms:Decrypt", "Resource": _KEY}, {}, True),
        ({"Action": ["kms:Encrypt"], "Resource": _KEY}, {}, False),
        ({"Action": "kms:*", "Resource": "arn:aws:kms:*:*:key/?"}, {}, True),
        ({"Action": "kms:Decrypt", "Resource": _KEY + "1"}, {}, False),
        (
            {
                "Action": "kms:Decrypt",
                "Resource": _KEY,
                "Condition": {"StringEquals": {"aws:SourceAccount": "1"}},
            },
            {},
            False,
        ),
        (
            {
                "Action": "kms:Decrypt",
                "Resource": _KEY,
                "Condition": {
                    "StringLike": {"aws:SourceArn": ["a*"]},
                    "Null": {"aws:username": "true"},
                },
            },
            {"aws:SourceArn": "abc"},
            True,
        ),
    ],
)
def test_a_statement_allows_what_iam_would(
    statement: Statement, context: dict[str, str], allowed: bool
) -> None:
    statements = [{"Effect": "Allow", **statement}]
    assert policies.allows(statements, "kms:Decrypt", _KEY, context) is allowed
    denial = {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}
    assert not policies.allows([*statements, denial], "kms:Decrypt", _KEY, context)


def test_a_condition_that_nobody_understands_is_an_error() -> None:
    statement = {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "*",
        "Condition": {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}},
    }
    context = {"aws:CurrentTime": "2026-01-01T00:00:00Z"}
    with pytest.raises(PolicyError, match="aws:currenttime"):
        policies.allows([statement], "s3:GetObject", "arn:aws:s3:::b/k", context)
