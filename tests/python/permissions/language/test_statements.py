"""Reading statements, and what they are about."""

from __future__ import annotations

from typing import Any

import pytest

from local.permissions.language.errors import PolicyError
from local.permissions.language.evaluation import decide
from local.permissions.language.statements import parse_policy
from tests.python.permissions.language.statement import policy, request

OBJECT = "arn:aws:s3:::b/k"


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ({"Action": "s3:GetObject", "Resource": OBJECT}, True),
        ({"Action": "S3:getobject", "Resource": OBJECT}, True),
        ({"Action": ["s3:Put*", "s3:Get*"], "Resource": ["arn:aws:s3:::c/*", OBJECT]}, True),
        ({"Action": "*", "Resource": "*"}, True),
        ({"Action": "s3:GetObjects", "Resource": "*"}, False),
        ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b"}, False),
        # Resources are of one case only.
        ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::B/K"}, False),
        ({"NotAction": "iam:*", "Resource": "*"}, True),
        ({"NotAction": ["iam:*", "s3:Get*"], "Resource": "*"}, False),
        ({"Action": "s3:*", "NotResource": "arn:aws:s3:::c/*"}, True),
        ({"Action": "s3:*", "NotResource": ["arn:aws:s3:::b/*"]}, False),
    ],
)
def test_what_a_statement_is_about(statement: dict[str, Any], allowed: bool) -> None:
    assert decide(request("s3:GetObject", OBJECT), policy(statement)).allowed is allowed


def test_a_policy_may_be_text_with_a_single_statement() -> None:
    text = (
        '{"Version":"2012-10-17","Id":"x","Statement":'
        '{"Effect":"Deny","Action":"s3:*","Resource":"*"}}'
    )
    (statement,) = parse_policy(text, "own")
    assert (statement.label, statement.allows) == ("own/#1", False)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ({"Action": "s3:*", "Resource": "*", "Effect": "allow"}, "Effect is Allow or Deny"),
        ({"Action": "s3:*", "Resource": "*", "Conditions": {}}, "has no Conditions"),
        ({"Action": "s3:*", "NotAction": "iam:*"}, "both Action and NotAction"),
        ({"Resource": "*"}, "names no action"),
        ({"Action": [], "Resource": "*"}, "Action must be one text or several"),
        ({"Action": "s3:*", "Resource": [7]}, "Resource must be one text or several"),
        ({"Action": "s3:*", "Resource": "arn:aws:s3:::${aws:Weather}"}, 'variable "aws:weather"'),
        ({"Action": "s3:*", "Principal": {"Robot": "r"}}, "A principal is"),
    ],
)
def test_a_statement_that_is_not_understood_is_named(
    statement: dict[str, Any], reason: str
) -> None:
    with pytest.raises(PolicyError, match=f'"policy" cannot be evaluated. policy/#1: .*{reason}'):
        policy(statement)


@pytest.mark.parametrize(
    "document",
    ["{", "[]", '{"Statement":[]}', '{"Version":"2008-10-17","Statement":[]}', '{"Version":7}'],
)
def test_a_document_that_is_not_understood_is_named(document: str) -> None:
    with pytest.raises(PolicyError, match='"mine" cannot be evaluated'):
        parse_policy(document, "mine")
