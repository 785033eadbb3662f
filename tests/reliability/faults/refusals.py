"""Whole answers of services that refuse a request."""

from __future__ import annotations

from local.emulator.kinesis.wire import encode
from tests.reliability.faults.http_head import Request

# S3's words for too many requests; clients of other services see a status they retry as well.
_SLOW_DOWN = (
    b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
)
_USER = "arn:aws:sts::123456789012:assumed-role/job/i-0123456789abcdef0"
_STREAMS = "arn:aws:kinesis:us-east-1:123456789012:stream/*"


def slow_down(request: Request) -> bytes:
    """Returns S3's answer to one request too many."""
    body = b"" if request.method == "HEAD" else _SLOW_DOWN
    length = len(_SLOW_DOWN)
    return _head("503 Slow Down", "application/xml", length) + body


def access_denied(request: Request) -> bytes:
    """Returns what a client of Kinesis gets whose role may not do what it asks for."""
    action = f"kinesis:{request.headers['x-amz-target'].rpartition('.')[2]}"
    content_type = request.headers["content-type"]
    body = encode(
        content_type,
        {
            "__type": "AccessDeniedException",
            "message": f"User: {_USER} is not authorized to perform: {action} on resource: "
            f"{_STREAMS} because no identity-based policy allows the {action} action",
        },
    )
    return _head("400 Bad Request", content_type, len(body)) + body


def _head(status: str, content_type: str, length: int) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        "Connection: close",
        f"Content-Length: {length}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
