"""What the layers before moto share; each answers a request or passes it on to the next one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from werkzeug.wsgi import get_input_stream

Environment = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]


def read_body(environment: Environment) -> bytes:
    """Returns the body of a request, which the next layer can then read again."""
    body = get_input_stream(environment).read()
    environment["wsgi.input"] = io.BytesIO(body)
    environment["CONTENT_LENGTH"] = str(len(body))
    environment.pop("HTTP_TRANSFER_ENCODING", None)
    return body


def send(
    start: StartResponse,
    status: str,
    content_type: str,
    body: bytes,
    headers: Sequence[tuple[str, str]] = (),
) -> Iterable[bytes]:
    """Answers a request."""
    start(
        status,
        [("Content-Type", content_type), ("Content-Length", str(len(body))), *headers],
    )
    return [body]
