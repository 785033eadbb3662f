"""Responses of S3 to requests that are not allowed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from html import escape

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def access_denied(message: str, with_body: bool, closes: bool) -> bytes:
    """Returns a response with status 403.

    Args:
        message: The reason.
        with_body: False for HEAD.
        closes: Whether the connection is closed then.
    """
    body = (
        f"{_DECLARATION}<Error><Code>AccessDenied</Code><Message>{escape(message)}</Message>"
        f"<RequestId>{uuid.uuid4()}</RequestId></Error>"
    )
    return _answer("403 Forbidden", body, with_body, closes)


def not_deleted(refused: Iterable[tuple[str, str]]) -> bytes:
    """Returns the response to a DeleteObjects request.

    Args:
        refused: Keys that the caller may not delete, with the reasons.
    """
    errors = "".join(
        f"<Error><Key>{escape(key)}</Key><Code>AccessDenied</Code>"
        f"<Message>{escape(message)}</Message></Error>"
        for key, message in refused
    )
    namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
    body = f'{_DECLARATION}<DeleteResult xmlns="{namespace}">{errors}</DeleteResult>'
    return _answer("200 OK", body, with_body=True, closes=False)


def _answer(status: str, body: str, with_body: bool, closes: bool) -> bytes:
    content = body.encode()
    head = [f"HTTP/1.1 {status}", f"x-amz-request-id: {uuid.uuid4()}"]
    if with_body:
        head += ["Content-Type: application/xml", f"Content-Length: {len(content)}"]
    if closes:
        head.append("Connection: close")
    return "\r\n".join([*head, "", ""]).encode() + (content if with_body else b"")
