"""Every statement that names an AWS service against what that service sends."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.python.aws_models.iam.documents import Statement, as_list, iam_documents
from tests.python.aws_models.plans import Plans
from tests.python.aws_models.refusals.trusts import (
    TAKES_ROLE,
    TRUSTS,
    USES_BUCKET,
    USES_KEY,
    USES_QUEUE,
    USES_TOPIC,
    TrustRow,
)

_USES = {
    "aws:iam/role:Role": TAKES_ROLE,
    "aws:kms/key:Key": USES_KEY,
    "aws:s3/bucketPolicy:BucketPolicy": USES_BUCKET,
    "aws:sns/topicPolicy:TopicPolicy": USES_TOPIC,
    "aws:sqs/queuePolicy:QueuePolicy": USES_QUEUE,
    "aws:sqs/queue:Queue": USES_QUEUE,
}

# Keys that say for whom a service acts. Others are about the request itself.
_SENT_BY_SERVICES = "aws:Source"


def _services(plans: Plans) -> Iterator[tuple[str, str, str, Statement]]:
    """Yields place, service, use and statement."""
    for document in iam_documents(plans):
        for statement in document.statements:
            principal = statement.get("Principal", {})
            if isinstance(principal, dict):
                for service in as_list(principal.get("Service", [])):
                    yield document.place, service, _USES[document.resource.type], statement


def _row(service: str, use: str) -> TrustRow | None:
    return next((row for row in TRUSTS if (row.service, row.use) == (service, use)), None)


def _problem(service: str, use: str, statement: Statement) -> str | None:
    row = _row(service, use)
    if row is None:
        return f"nobody has said what {service} sends when it {use}: add a row"
    asked = {
        key
        for keys in statement.get("Condition", {}).values()
        for key in keys
        if key.startswith(_SENT_BY_SERVICES)
    }
    if asked - row.sends:
        missing = ", ".join(sorted(asked - row.sends))
        return f"{service} does not send {missing} when it {use} ({row.source}): leave it out"
    if row.sends and not asked and not row.bare:
        return f"{service} sends {', '.join(sorted(row.sends))} when it {use}: ask for one of them"
    return None


def test_no_statement_asks_a_service_for_what_it_does_not_send(plans: Plans) -> None:
    found = [
        f"{place}: {problem}"
        for place, service, use, statement in _services(plans)
        if (problem := _problem(service, use, statement)) is not None
    ]
    assert found == []


def test_the_account_that_is_asked_for_is_the_stacks_own(plans: Plans) -> None:
    accounts = {
        account
        for *_, statement in _services(plans)
        for keys in statement.get("Condition", {}).values()
        for account in as_list(keys.get("aws:SourceAccount", []))
    }
    assert accounts == {"123456789012"}


# Rows of features that none of the three stacks has on.
_ELSEWHERE = {("events.amazonaws.com", TAKES_ROLE)}


def test_every_row_is_about_something_planned_or_known_to_be_off(plans: Plans) -> None:
    used = {(service, use) for _, service, use, _ in _services(plans)}
    assert {(row.service, row.use) for row in TRUSTS} - used <= _ELSEWHERE


def _trust(service: str, condition: str) -> Statement:
    statement: Statement = json.loads(condition)
    return {"Effect": "Allow", "Principal": {"Service": service}, **statement}


def test_what_is_wrong_with_a_statement_is_said() -> None:
    account = '{"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}'
    gateway, scheduler = "apigateway.amazonaws.com", "scheduler.amazonaws.com"
    assert "does not send aws:SourceAccount" in str(
        _problem(gateway, TAKES_ROLE, _trust(gateway, account))
    )
    assert _problem(gateway, TAKES_ROLE, _trust(gateway, "{}")) is None
    assert _problem(scheduler, TAKES_ROLE, _trust(scheduler, account)) is None
    assert "ask for one of them" in str(_problem(scheduler, TAKES_ROLE, _trust(scheduler, "{}")))
    assert "add a row" in str(_problem("new.amazonaws.com", TAKES_ROLE, {}))
