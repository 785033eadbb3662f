"""The rules, as functions of one document. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import parliament

from tests.python.aws_models.iam.documents import Document, Statement, as_list

# Characters without white space (IAM and STS quotas; S3 user guide, bucket policies).
LONGEST_INLINE_POLICIES = 10_240
LONGEST_TRUST_POLICY = 2_048
LONGEST_BUCKET_POLICY = 20_480

_SID = re.compile(r"[0-9A-Za-z]+")


def lint(document: Document) -> list[tuple[str, str]]:
    """Returns what parliament finds: title and detail of each finding."""
    text = document.text
    if document.is_trust:
        text = _with_resource(document)
    policy = parliament.analyze_policy_string(text, ignore_private_auditors=True)
    findings = [(finding.issue, str(finding.detail)) for finding in policy.findings]
    if document.belongs_to_key:
        # In a key's policy everything is the key itself.
        return [finding for finding in findings if finding[0] != "RESOURCE_STAR"]
    return findings


def wildcard_actions(document: Document) -> Iterator[str]:
    """Yields every action that is allowed by a pattern. What is denied may be denied broadly."""
    for statement in document.statements:
        if "NotAction" in statement or "NotResource" in statement:
            yield f"{_sid(statement)} says what it is not about"
        if statement["Effect"] == "Allow":
            for action in as_list(statement.get("Action", [])):
                if "*" in action or "?" in action:
                    yield f"{_sid(statement)} allows {action}"


def open_resources(document: Document) -> Iterator[tuple[str, str, list[str]]]:
    """Yields statement, resource and actions of every resource with a wildcard that is allowed."""
    if document.belongs_to_key:
        return
    for statement in document.statements:
        if statement["Effect"] != "Allow":
            continue
        for resource in as_list(statement.get("Resource", [])):
            if "*" in resource or "?" in resource:
                yield _sid(statement), resource, as_list(statement["Action"])


def open_principals(document: Document) -> Iterator[str]:
    """Yields every statement that allows something to everybody."""
    for statement in document.statements:
        principals = statement.get("Principal", {})
        named = [principals] if isinstance(principals, str) else principals.values()
        everybody = any("*" in as_list(one) for one in named)
        if statement["Effect"] == "Allow" and everybody:
            yield f"{_sid(statement)} allows everybody"


def unbound_passing(document: Document) -> Iterator[str]:
    """Yields every right to pass a role that does not say to whom."""
    for statement in document.statements:
        if "iam:PassRole" in as_list(statement.get("Action", [])):
            operators = statement.get("Condition", {}).values()
            if not any("iam:PassedToService" in operator for operator in operators):
                yield f"{_sid(statement)} passes a role to any service"


def unclear_sids(document: Document) -> Iterator[str]:
    """Yields statement ids that IAM refuses: repeated, or with other signs than letters, digits."""
    sids = [statement["Sid"] for statement in document.statements if "Sid" in statement]
    yield from (f"{sid} is there twice" for sid in set(sids) if sids.count(sid) > 1)
    yield from (f"{sid!r} is no statement id" for sid in sids if _SID.fullmatch(sid) is None)


def length(document: Document) -> int:
    """Characters as IAM counts them, without white space."""
    return len(re.sub(r"\s", "", document.text))


def needs_no_resource(action: str) -> bool:
    """Whether IAM demands no resource of an action: types it demands carry an asterisk there.

    Raises:
        ValueError: Parliament does not know the action.
    """
    service, _, name = action.partition(":")
    for entry in parliament.iam_definition:
        if entry["prefix"] == service:
            for privilege in entry["privileges"]:
                if privilege["privilege"].lower() == name.lower():
                    types = privilege["resource_types"]
                    return not any(one["resource_type"].endswith("*") for one in types)
    raise ValueError(f'IAM has no action "{action}".')


def _with_resource(document: Document) -> str:
    policy = json.loads(document.text)
    for statement in policy["Statement"]:
        statement["Resource"] = "arn:aws:iam::123456789012:role/trusted"
    return json.dumps(policy)


def _sid(statement: Statement) -> str:
    return str(statement.get("Sid", "a statement"))
