"""Answers STS's AssumeRole with the credentials of a deployed role, before moto does."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import parse_qs

from local.emulator.wsgi import Application, Environment, StartResponse, read_body, send
from local.permissions.authorizer import Authorizer
from local.permissions.credentials import ADMINISTRATOR, access_key_of

_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"


def with_assumed_roles(authorizer: Authorizer | None, others: Application) -> Application:
    """Returns an application that answers AssumeRole; without policies, `others`."""
    if authorizer is None:
        return others

    def answer(environment: Environment, start: StartResponse) -> Iterable[bytes]:
        if "/sts/aws4_request" not in environment.get("HTTP_AUTHORIZATION", ""):
            return others(environment, start)
        members = parse_qs(read_body(environment).decode())
        if members.get("Action") != ["AssumeRole"]:
            return others(environment, start)
        role, session = members["RoleArn"][0], members["RoleSessionName"][0]
        refusal = authorizer.refusal_to_assume(role)
        status = "200 OK" if refusal is None else "403 Forbidden"
        content = _assumed(role, session) if refusal is None else _refused(refusal)
        return send(start, status, "text/xml", content.encode())

    return answer


def _assumed(role: str, session: str) -> str:
    name = role.rsplit("/", 1)[-1]
    arn = role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
    expiration = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<AssumeRoleResponse xmlns="{_NAMESPACE}"><AssumeRoleResult><Credentials>'
        f"<AccessKeyId>{escape(access_key_of(name))}</AccessKeyId>"
        f"<SecretAccessKey>{ADMINISTRATOR}</SecretAccessKey>"
        f"<SessionToken>{ADMINISTRATOR}</SessionToken><Expiration>{expiration}</Expiration>"
        f"</Credentials><AssumedRoleUser><AssumedRoleId>{escape(name)}:{escape(session)}"
        f"</AssumedRoleId><Arn>{escape(arn)}/{escape(session)}</Arn></AssumedRoleUser>"
        f"</AssumeRoleResult></AssumeRoleResponse>"
    )


def _refused(message: str) -> str:
    return (
        f'<ErrorResponse xmlns="{_NAMESPACE}"><Error><Type>Sender</Type><Code>AccessDenied</Code>'
        f"<Message>{escape(message)}</Message></Error><RequestId>{uuid.uuid4()}</RequestId>"
        "</ErrorResponse>"
    )
