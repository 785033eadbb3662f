"""Conditions, as the IAM user guide describes and exemplifies each operator."""

from __future__ import annotations

from typing import Any

import pytest

from local.permissions.language.errors import PolicyError
from tests.python.permissions.language.statement import allows, policy

TEAM = "aws:PrincipalTag/team"
TEAM_IS = "aws:principaltag/team"
ARN = "arn:aws:sns:us-east-1:123456789012:topic"


def _holds(operator: str, key: str, expected: Any, context: dict[str, Any]) -> bool:
    return allows({"Condition": {operator: {key: expected}}}, context)


@pytest.mark.parametrize(
    ("operator", "expected", "actual", "holds"),
    [
        ("StringEquals", "red", "red", True),
        ("StringEquals", "red", "Red", False),
        ("StringEquals", "r*d", "red", False),
        ("StringEquals", ["blue", "red"], "red", True),
        ("StringNotEquals", "red", "red", False),
        ("StringNotEquals", ["blue", "red"], "red", False),
        ("StringNotEquals", ["blue", "green"], "red", True),
        ("StringEqualsIgnoreCase", "RED", "red", True),
        ("StringNotEqualsIgnoreCase", "RED", "red", False),
        ("StringLike", "r?d", "red", True),
        ("StringLike", ["b*", "r*"], "red", True),
        ("StringLike", "R*", "red", False),
        ("StringNotLike", "r*", "red", False),
        ("NumericEquals", 10, "10.0", True),
        ("NumericNotEquals", "10", "11", True),
        ("NumericLessThan", "10", "9", True),
        ("NumericLessThan", "10", "10", False),
        ("NumericLessThanEquals", "10", "10", True),
        ("NumericGreaterThan", "10", "10", False),
        ("NumericGreaterThanEquals", "10", "10", True),
        ("DateEquals", "2026-01-01T00:00:00Z", "1767225600", True),
        ("DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", False),
        ("DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", True),
        ("DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", True),
        ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", False),
        ("DateGreaterThanEquals", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", True),
        ("Bool", "true", "True", True),
        ("Bool", True, "true", True),
        ("Bool", "false", "true", False),
        ("BinaryEquals", "cmVk", "cmVk", True),
        ("IpAddress", "203.0.113.0/24", "203.0.113.7", True),
        ("IpAddress", ["10.0.0.1", "203.0.113.0/24"], "192.0.2.1", False),
        ("NotIpAddress", "2001:db8::/32", "2001:db8::1", False),
        ("ArnEquals", "arn:aws:sns:*:123456789012:*", ARN, True),
        ("ArnLike", "arn:aws:sns:*:topic", ARN, False),
        ("ArnNotEquals", ARN, ARN, False),
        ("ArnNotLike", "arn:aws:sqs:*:*:*", ARN, True),
    ],
)
def test_each_operator(operator: str, expected: Any, actual: str, holds: bool) -> None:
    assert _holds(operator, TEAM, expected, {TEAM_IS: actual}) is holds


@pytest.mark.parametrize(
    ("operator", "holds"),
    [
        ("StringEquals", False),
        ("StringLike", False),
        ("Bool", False),
        ("ArnLike", False),
        # "Negated matching condition operators return true" when the key is not there.
        ("StringNotEquals", True),
        ("StringNotLike", True),
        ("ArnNotLike", True),
        ("NotIpAddress", True),
        ("StringEqualsIfExists", True),
        ("ArnLikeIfExists", True),
        ("BoolIfExists", True),
        # "returns true if there are no keys in the request" and "returns false", in this order.
        ("ForAllValues:StringEquals", True),
        ("ForAnyValue:StringEquals", False),
        ("ForAllValues:StringNotEquals", True),
        ("ForAnyValue:StringNotEquals", False),
    ],
)
def test_each_operator_without_the_key(operator: str, holds: bool) -> None:
    assert _holds(operator, TEAM, "10.0.0.1", {}) is holds


@pytest.mark.parametrize("operator", ["StringEqualsIfExists", "StringLikeIfExists"])
def test_if_exists_asks_a_key_that_is_there(operator: str) -> None:
    assert _holds(operator, TEAM, "red", {TEAM_IS: "red"})
    assert not _holds(operator, TEAM, "red", {TEAM_IS: "blue"})


def test_null_asks_whether_a_key_is_absent() -> None:
    assert _holds("Null", TEAM, "true", {})
    assert not _holds("Null", TEAM, True, {TEAM_IS: "red"})
    assert _holds("Null", TEAM, "false", {TEAM_IS: "red"})
    assert not _holds("Null", TEAM, "false", {})


@pytest.mark.parametrize(
    ("operator", "values", "holds"),
    [
        # IAM user guide, "Set operators for multi-valued context keys": the table of examples.
        ("ForAllValues:StringEquals", ("environment", "costcenter"), True),
        ("ForAllValues:StringEquals", ("environment",), True),
        ("ForAllValues:StringEquals", ("environment", "dept"), False),
        ("ForAnyValue:StringEquals", ("environment", "dept"), True),
        ("ForAnyValue:StringEquals", ("dept",), False),
        ("ForAnyValue:StringNotEquals", ("environment", "dept"), True),
        ("ForAnyValue:StringNotEquals", ("environment",), False),
        ("ForAllValues:StringNotEquals", ("dept", "owner"), True),
        ("ForAllValues:StringNotEquals", ("dept", "environment"), False),
        ("ForAnyValue:StringLike", ("dept", "env-1"), False),
    ],
)
def test_keys_with_several_values(operator: str, values: tuple[str, ...], holds: bool) -> None:
    expected = ["environment", "costcenter"]
    assert _holds(operator, "aws:TagKeys", expected, {"aws:tagkeys": values}) is holds


def test_several_values_without_a_set_operator_are_an_error() -> None:
    with pytest.raises(PolicyError, match="needs ForAllValues or ForAnyValue"):
        _holds("StringEquals", "aws:TagKeys", "a", {"aws:tagkeys": ("a", "b")})


def test_operators_and_keys_have_to_hold_together() -> None:
    both = {
        "StringEquals": {TEAM: "red", "aws:RequestedRegion": "us-east-1"},
        "Bool": {"aws:SecureTransport": "true"},
    }
    right = {
        TEAM_IS: "red",
        "aws:requestedregion": "us-east-1",
        "aws:securetransport": "true",
    }
    assert allows({"Condition": both}, right)
    for key in right:
        assert not allows({"Condition": both}, {**right, key: "other"})


def test_names_of_keys_are_of_any_case() -> None:
    assert _holds("StringEquals", "AWS:PRINCIPALTAG/Team", "red", {TEAM_IS: "red"})


def test_an_expected_value_may_refer_to_the_request() -> None:
    condition = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    same = {TEAM_IS: "red", "aws:resourcetag/team": "red"}
    assert allows({"Condition": condition}, same)
    assert not allows({"Condition": condition}, {**same, TEAM_IS: "blue"})
    assert not allows({"Condition": condition}, {"aws:resourcetag/team": "red"})


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"StringSounds": {TEAM: "red"}}, 'operator "StringSounds"'),
        ({"ForSomeValues:StringEquals": {TEAM: "red"}}, 'operator "ForSomeValues:StringEquals"'),
        ({"NullIfExists": {TEAM: "true"}}, 'operator "NullIfExists"'),
        ({"StringEquals": {"aws:Weather": "red"}}, 'key "aws:weather"'),
        ({"StringEquals": {TEAM: "${aws:Weather}"}}, 'key "aws:weather"'),
        ({"StringEquals": {TEAM: []}}, "expects no value at all"),
        ({"StringEquals": {TEAM: None}}, "expects texts"),
        ("StringEquals", "must be an object"),
    ],
)
def test_what_nobody_understands_is_an_error(condition: Any, reason: str) -> None:
    with pytest.raises(PolicyError, match=f"policy/Here: .*{reason}"):
        policy({"Sid": "Here", "Action": "s3:*", "Resource": "*", "Condition": condition})
