"""Wildcards, ARNs and variables."""

from __future__ import annotations

import pytest

from local.permissions.language.errors import PolicyError
from local.permissions.language.patterns import (
    arn_matches,
    matches,
    substituted,
    variables,
    wildcard,
)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("s3:get*", "s3:getobject", True),
        ("s3:get*", "s3:putobject", False),
        ("arn:aws:s3:::b/?", "arn:aws:s3:::b/k", True),
        ("arn:aws:s3:::b/?", "arn:aws:s3:::b/", False),
        ("arn:aws:s3:::b/?", "arn:aws:s3:::b/kk", False),
        # A wildcard of a resource goes over slashes and, as the last sign, over colons.
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b/c", True),
        ("arn:aws:*", "arn:aws:kms:us-east-1:1:key/2", True),
        # Signs of regular expressions are signs.
        ("a.c", "abc", False),
        ("a+(b)[c]$", "a+(b)[c]$", True),
        ("a*b", "a\nb", True),
    ],
)
def test_wildcards(pattern: str, text: str, found: bool) -> None:
    assert (wildcard(pattern).fullmatch(text) is not None) is found


@pytest.mark.parametrize(
    ("pattern", "arn", "found"),
    [
        ("arn:aws:sns:*:*:topic", "arn:aws:sns:us-east-1:1:topic", True),
        # Each of the six parts on its own: no wildcard goes over a colon between them.
        ("arn:aws:sns:*:topic", "arn:aws:sns:us-east-1:1:topic", False),
        ("arn:aws:s*:us-east-1:1:topic", "arn:aws:sns:x:us-east-1:1:topic", False),
        ("arn:aws:kms:*:1:key/*", "arn:aws:kms:us-east-1:1:key/a:b", True),
        ("*", "arn:aws:sns:us-east-1:1:topic", True),
        ("arn:aws:sns:us-east-1:1:topic", "topic", False),
    ],
)
def test_arns_are_compared_part_by_part(pattern: str, arn: str, found: bool) -> None:
    assert arn_matches(pattern, arn) is found


HOME = "arn:aws:s3:::b/home/${aws:PrincipalTag/team}/*"


@pytest.mark.parametrize(
    ("pattern", "context", "found"),
    [
        (HOME, {"aws:principaltag/team": "red"}, True),
        (HOME, {"aws:principaltag/team": "blue"}, False),
        (HOME, {}, False),
        # What a tag holds is no wildcard.
        (HOME, {"aws:principaltag/team": "*"}, False),
        ("arn:aws:s3:::b/home/${aws:PrincipalTag/team, 'red'}/*", {}, True),
        ("arn:aws:s3:::b/home/r${*}d/*", {}, False),
        ("arn:aws:s3:::b/*/${aws:PrincipalTag/team}/k", {"aws:principaltag/team": "red"}, True),
    ],
)
def test_a_variable_stands_for_the_requests_value(
    pattern: str, context: dict[str, str], found: bool
) -> None:
    assert matches(pattern, "arn:aws:s3:::b/home/red/k", context) is found


def test_literal_signs_are_written_as_variables() -> None:
    assert matches("a${*}b${?}${$}", "a*b?$", {})
    assert not matches("a${*}b${?}${$}", "aXb?$", {})
    assert substituted("${$}1", {}) == "$1"


def test_a_key_with_several_values_is_no_variable() -> None:
    assert substituted("${aws:TagKeys}", {"aws:tagkeys": ("a", "b")}) is None


def test_a_text_says_which_keys_it_refers_to() -> None:
    assert variables("${aws:PrincipalTag/team}/${*}/${aws:username, 'x'}") == [
        "aws:principaltag/team",
        "aws:username",
    ]
    with pytest.raises(PolicyError, match="is no variable"):
        variables("${team}")
