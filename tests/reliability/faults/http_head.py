"""The head of an HTTP request, and where the body that follows it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

_LONGEST_PIECE = 65536


@dataclass(frozen=True)
class Request:
    """What a rule sees of a request.

    Attributes:
        method: For example `PUT`.
        target: Path and query, as the client sent them.
        headers: By lower-case name; the last of several with one name.
        raw: The head as it came, its empty line included.
    """

    method: str
    target: str
    headers: dict[str, str]
    raw: bytes

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def waits_for_consent(self) -> bool:
        """Whether the client sends the body only after a `100 Continue`."""
        return self.headers.get("expect", "").lower() == "100-continue"


def parse_head(raw: bytes) -> Request:
    """Parses a request's head."""
    first, *lines = raw.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return Request(method, target, headers, raw)


async def body_of(request: Request, reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yields the body in pieces, exactly as it travels."""
    if "chunked" in request.headers.get("transfer-encoding", "").lower():
        while True:
            size_line = await reader.readline()
            yield size_line
            size = int(size_line.partition(b";")[0], 16)
            if size == 0:
                break
            yield await reader.readexactly(size + 2)
        while (trailer := await reader.readline()) != b"\r\n":
            yield trailer
        yield b"\r\n"
        return
    remaining = int(request.headers.get("content-length", "0"))
    while remaining > 0:
        piece = await reader.read(min(remaining, _LONGEST_PIECE))
        if not piece:
            raise asyncio.IncompleteReadError(b"", remaining)
        remaining -= len(piece)
        yield piece
