"""Refuses requests of roles that the deployed policies do not allow, before moto answers them."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qsl

import cbor2

from local.emulator.wsgi import Application, Environment, StartResponse, read_body, send
from local.permissions.authorizer import Authorizer
from local.permissions.calls.emulated import emulated_calls
from local.permissions.calls.unknown import UnknownCall
from local.permissions.credentials import signing_role

_SCOPE = re.compile(r"Credential=[^/]+/[^/]*/[^/]*/([^/]+)/aws4_request")
_SMITHY = re.compile(r"^/service/[^/]+/operation/(?P<operation>\w+)$")

log = logging.getLogger(__name__)


def with_permissions(authorizer: Authorizer | None, others: Application) -> Application:
    """Returns an application that refuses what a role may not do, before `others` answers."""
    if authorizer is None:
        return others

    def answer(environment: Environment, start: StartResponse) -> Iterable[bytes]:
        authorization = environment.get("HTTP_AUTHORIZATION", "")
        role = signing_role(authorization)
        # Calls of Kinesis were decided before they are passed on to moto.
        if role is None or environment.get("HTTP_X_AMZ_TARGET", "").startswith("Kinesis_"):
            return others(environment, start)
        body = read_body(environment)
        scope = _SCOPE.search(authorization)
        service = "" if scope is None else scope[1]
        operation, members = _asked(environment, body)
        keys = authorizer.encryption
        try:
            calls = emulated_calls(service, operation, members, authorizer.place, keys)
            refusal = authorizer.refusal(role, calls)
        except UnknownCall as error:
            refusal = str(error)
        if refusal is not None:
            log.warning("%s", refusal)
            return _refuse(environment, start, refusal)
        return others(environment, start)

    return answer


def _asked(environment: Environment, body: bytes) -> tuple[str, dict[str, Any]]:
    """Operation and parameters of a request in any of AWS's protocols."""
    kind = environment.get("CONTENT_TYPE", "")
    target = environment.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    if kind.startswith("application/x-www-form-urlencoded"):
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        return form.get("Action", ""), form
    if target:
        return target, json.loads(body or b"{}")
    smithy = _SMITHY.match(environment.get("PATH_INFO", ""))
    if smithy is not None:
        return smithy["operation"], cbor2.loads(body)
    return f"{environment.get('REQUEST_METHOD')} {environment.get('PATH_INFO')}", {}


def _refuse(environment: Environment, start: StartResponse, message: str) -> Iterable[bytes]:
    if environment.get("HTTP_X_AMZ_TARGET"):
        kind, status = "application/x-amz-json-1.1", "400 Bad Request"
        body = json.dumps({"__type": "AccessDeniedException", "message": message})
    else:
        kind, status = "text/xml", "403 Forbidden"
        body = (
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
            f"<Message>{escape(message)}</Message></Error>"
            f"<RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>"
        )
    headers = [
        ("x-amzn-ErrorType", "AccessDeniedException"),
        ("x-amzn-RequestId", str(uuid.uuid4())),
    ]
    return send(start, status, kind, body.encode(), headers)
