"""Every IAM document of every stack: linted, and held to least privilege."""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from typing import Any

import pytest

with warnings.catch_warnings():
    # It leaves its two data files to the garbage collector.
    warnings.simplefilter("ignore", ResourceWarning)
    from tests.python.aws_models.iam import rules

from local.permissions.language.statements import parse_policy
from tests.python.aws_models.iam.documents import Document, iam_documents
from tests.python.aws_models.iam.reviewed import ACTIONS_WITHOUT_RESOURCE, FINDINGS, OPEN_RESOURCES
from tests.python.aws_models.plans import Plans, Resource


@pytest.fixture(scope="session")
def documents(plans: Plans) -> list[Document]:
    """Every document of every stack."""
    return list(iam_documents(plans))


def _broken(documents: list[Document], rule: Any) -> list[str]:
    return [f"{one.place}: {problem}" for one in documents for problem in rule(one)]


def test_parliament_finds_nothing_that_was_not_looked_at(documents: list[Document]) -> None:
    found = []
    used = set()
    for document in documents:
        for issue, detail in rules.lint(document):
            accepted = [
                index
                for index, (title, place, _) in enumerate(FINDINGS)
                if title == issue and place in document.place
            ]
            used.update(accepted)
            if not accepted:
                found.append(f"{document.place}: {issue}: {detail}")
    assert found == []
    assert used == set(range(len(FINDINGS))), "A reviewed finding is not found any more: remove it."
    assert len(documents) > 60


def test_a_local_run_understands_every_document(documents: list[Document]) -> None:
    for document in documents:
        parse_policy(document.text, document.place)


def test_no_document_allows_an_action_by_a_pattern(documents: list[Document]) -> None:
    assert _broken(documents, rules.wildcard_actions) == []


def test_a_wildcard_resource_is_on_the_reviewed_list(documents: list[Document]) -> None:
    found = []
    used: set[str] = set()
    for document in documents:
        for sid, resource, actions in rules.open_resources(document):
            if resource == "*":
                unknown = [one for one in actions if one not in ACTIONS_WITHOUT_RESOURCE]
                used.update(one for one in actions if one in ACTIONS_WITHOUT_RESOURCE)
                found += [f"{document.place}: {sid} allows {one} on everything" for one in unknown]
                continue
            patterns = [one for one in OPEN_RESOURCES if re.fullmatch(one, resource)]
            used.update(patterns)
            if not patterns:
                found.append(f"{document.place}: {sid} names {resource}")
    assert found == []
    idle = (ACTIONS_WITHOUT_RESOURCE.keys() | OPEN_RESOURCES.keys()) - used
    assert idle == set(), "Nothing needs these entries of the reviewed list any more."


@pytest.mark.parametrize("action", sorted(ACTIONS_WITHOUT_RESOURCE))
def test_an_action_on_everything_is_one_that_needs_no_resource(action: str) -> None:
    assert rules.needs_no_resource(action)


def test_nothing_is_allowed_to_everybody(documents: list[Document]) -> None:
    assert _broken(documents, rules.open_principals) == []


def test_a_role_is_passed_to_a_named_service_only(documents: list[Document]) -> None:
    assert _broken(documents, rules.unbound_passing) == []


def test_statement_ids_are_ones_iam_takes(documents: list[Document]) -> None:
    assert _broken(documents, rules.unclear_sids) == []


def test_documents_fit_into_the_quotas(documents: list[Document]) -> None:
    inline: dict[tuple[str, str], int] = defaultdict(int)
    for document in documents:
        size = rules.length(document)
        if document.resource.type == "aws:iam/rolePolicy:RolePolicy":
            stack = document.place.split(":")[0]
            inline[stack, document.resource.inputs["role"]] += size
        elif document.is_trust:
            assert size <= rules.LONGEST_TRUST_POLICY, document.place
        elif document.resource.type == "aws:s3/bucketPolicy:BucketPolicy":
            assert size <= rules.LONGEST_BUCKET_POLICY, document.place
    # All inline policies of a role count together: grants of many rooms meet in the instance role.
    too_long = {role: size for role, size in inline.items() if size > rules.LONGEST_INLINE_POLICIES}
    assert too_long == {}


def _document(*statements: dict[str, Any], type: str = "aws:iam/rolePolicy:RolePolicy") -> Document:
    given = [{"Effect": "Allow", **statement} for statement in statements]
    text = json.dumps({"Version": "2012-10-17", "Statement": given})
    return Document("here", Resource(type, "one", {}), text)


_BUCKET = "arn:aws:s3:::bucket"


@pytest.mark.parametrize(
    ("statement", "issue"),
    [
        ({"Action": "s3:GetObjects", "Resource": f"{_BUCKET}/*"}, "UNKNOWN_ACTION"),
        ({"Action": "kinesis:GetRecords", "Resource": _BUCKET}, "RESOURCE_MISMATCH"),
        (
            {
                "Action": "s3:ListBucketMultipartUploads",
                "Resource": _BUCKET,
                "Condition": {"StringLike": {"s3:prefix": "events/*"}},
            },
            "UNKNOWN_CONDITION_FOR_ACTION",
        ),
    ],
)
def test_the_linter_sees(statement: dict[str, Any], issue: str) -> None:
    assert [title for title, _ in rules.lint(_document(statement))] == [issue]


def test_a_trust_policy_is_linted_although_it_names_no_resource() -> None:
    trust = {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    token = "aws:iam/role:Role"
    assert rules.lint(_document(trust, type=token)) == []
    wrong = _document({**trust, "Action": "sts:AssumeRoles"}, type=token)
    assert [title for title, _ in rules.lint(wrong)] == ["UNKNOWN_ACTION"]


def test_patterns_of_actions_are_seen_where_they_allow() -> None:
    everything = {"Sid": "All", "Action": ["s3:GetObject", "s3:*"], "Resource": _BUCKET}
    assert list(rules.wildcard_actions(_document(everything))) == ["All allows s3:*"]
    assert list(rules.wildcard_actions(_document({**everything, "Effect": "Deny"}))) == []
    negated = {"Sid": "Rest", "NotAction": "s3:PutObject", "Resource": _BUCKET}
    assert list(rules.wildcard_actions(_document(negated))) == ["Rest says what it is not about"]


def test_wildcard_resources_are_seen_where_they_allow() -> None:
    statement = {"Sid": "S", "Action": "s3:GetObject", "Resource": [_BUCKET, f"{_BUCKET}/*"]}
    expected = [("S", f"{_BUCKET}/*", ["s3:GetObject"])]
    assert list(rules.open_resources(_document(statement))) == expected
    assert list(rules.open_resources(_document({**statement, "Effect": "Deny"}))) == []
    # A whole bucket is no prefix of it.
    assert not any(re.fullmatch(pattern, f"{_BUCKET}/*") for pattern in OPEN_RESOURCES)


def test_in_a_keys_policy_everything_means_the_key() -> None:
    statement = {"Action": "kms:Decrypt", "Resource": "*"}
    document = _document(statement, type="aws:kms/key:Key")
    assert list(rules.open_resources(document)) == []
    assert rules.lint(document) == []


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": ["a", "*"]}])
def test_everybody_is_seen(principal: Any) -> None:
    statement = {"Sid": "S", "Principal": principal, "Action": "s3:GetObject", "Resource": _BUCKET}
    assert list(rules.open_principals(_document(statement))) == ["S allows everybody"]
    assert list(rules.open_principals(_document({**statement, "Effect": "Deny"}))) == []


def test_passing_a_role_to_anybody_is_seen() -> None:
    statement = {"Sid": "S", "Action": "iam:PassRole", "Resource": "arn:aws:iam::1:role/r"}
    assert list(rules.unbound_passing(_document(statement))) == ["S passes a role to any service"]
    bound = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    assert list(rules.unbound_passing(_document({**statement, "Condition": bound}))) == []


def test_unclear_statement_ids_are_seen() -> None:
    statement = {"Action": "s3:GetObject", "Resource": _BUCKET}
    twice = _document({**statement, "Sid": "A"}, {**statement, "Sid": "A"})
    assert list(rules.unclear_sids(twice)) == ["A is there twice"]
    dashed = _document({**statement, "Sid": "a-b"})
    assert list(rules.unclear_sids(dashed)) == ["'a-b' is no statement id"]


def test_an_action_that_names_resources_is_not_free_of_them() -> None:
    assert not rules.needs_no_resource("s3:GetObject")
    with pytest.raises(ValueError, match="no action"):
        rules.needs_no_resource("s3:GetObjects")
