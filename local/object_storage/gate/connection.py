"""The connection of a client, and the one to the S3 server for it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import cast

from local.object_storage.gate.answers import access_denied, not_deleted
from local.object_storage.gate.framing import Event, Framing, Head
from local.object_storage.gate.guard import Guard
from local.permissions.calls.s3 import S3Request

_STATUS_BYTES = len(b"HTTP/1.1 404")
_MISSING = b" 404"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Address:
    """Address of the S3 server."""

    host: str
    port: int


@dataclass
class _Asked:
    """The current request of a role."""

    role: str
    request: S3Request
    head: Head


class ClientConnection(asyncio.Protocol):
    """Passes on allowed requests unchanged, and answers the others itself.

    Clients send one request after the other, so when a request begins, the response to the one
    before has been sent. Responses are passed back unchanged, except one: a role that may not list
    a bucket is not told that an object does not exist.
    """

    def __init__(self, server: Address, guard: Guard) -> None:
        """Serves one client."""
        self._server = server
        self._guard = guard
        self._framing = Framing()
        self._upstream: _ServerConnection | None = None
        self._waiting = bytearray()
        self._status = bytearray()
        self._asked: _Asked | None = None
        self._kept: bytearray | None = None
        self._refusal: bytes | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Stores the connection."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Handles bytes of the client."""
        try:
            for event in self._framing.feed(data):
                self._take(event)
        except ValueError as error:
            log.warning("A connection is closed: %s", error)
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Closes the connection to the server, too."""
        if self._upstream is not None:
            self._upstream.abandon()

    def pause_writing(self) -> None:
        """Stops to read from the server while the client reads slowly."""
        if self._upstream is not None:
            self._upstream.pause()

    def resume_writing(self) -> None:
        """Reads from the server again."""
        if self._upstream is not None:
            self._upstream.resume()

    def _take(self, event: Event) -> None:
        if isinstance(event, Head):
            self._begin(event)
        elif isinstance(event, bytes):
            if self._kept is not None:
                self._kept += event
            elif self._refusal is None:
                self._pass_on(event)
        else:
            self._end()

    def _begin(self, head: Head) -> None:
        role = self._guard.role(head)
        self._asked = None
        if role is None:
            self._pass_on(head.raw)
            return
        request = S3Request.of(head.method, head.target, head.headers)
        self._asked = _Asked(role, request, head)
        if request.deletes_many:
            # The keys are in the body.
            self._kept = bytearray()
            if head.waits_to_continue:
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        refusal = self._guard.refusal(role, request)
        if refusal is None:
            self._pass_on(self._guard.as_administrator(head, role))
        elif head.waits_to_continue:
            self.transport.write(access_denied(refusal, with_body=True, closes=True))
            self.transport.close()
            self._refusal = b""
        else:
            self._refusal = access_denied(refusal, head.method != "HEAD", closes=False)

    def _end(self) -> None:
        if self._refusal is not None:
            self.transport.write(self._refusal)
            self._refusal = None
        elif self._kept is not None and self._asked is not None:
            body, self._kept = bytes(self._kept), None
            asked = self._asked
            refused = self._guard.undeletable(asked.role, asked.request, body)
            if refused:
                self.transport.write(not_deleted(refused))
            else:
                self._pass_on(
                    _without_expectation(self._guard.as_administrator(asked.head, asked.role))
                    + body
                )

    def _pass_on(self, data: bytes) -> None:
        if self._upstream is not None and self._upstream.transport is not None:
            self._upstream.transport.write(data)
            return
        self._waiting += data
        if self._upstream is None:
            self._upstream = _ServerConnection(self)
            self.transport.pause_reading()
            task = asyncio.ensure_future(self._connect(self._upstream))
            self._upstream.connecting = task

    async def _connect(self, upstream: _ServerConnection) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.create_connection(lambda: upstream, self._server.host, self._server.port)
        except OSError as error:
            log.warning("The S3 server does not answer: %s.", error)
            self.transport.abort()

    def server_is_there(self, transport: asyncio.Transport) -> None:
        """Sends the bytes that have waited for the connection."""
        transport.write(bytes(self._waiting))
        self._waiting.clear()
        self.transport.resume_reading()

    def answered(self, data: bytes) -> None:
        """Passes on bytes of the server."""
        asked = self._asked
        if asked is not None and asked.request.reads_object:
            self._status += data
            if len(self._status) < _STATUS_BYTES:
                return
            data = bytes(self._status)
            self._status.clear()
            self._asked = None
            if data[:_STATUS_BYTES].endswith(_MISSING) and self._hides_absence(asked):
                return
        self.transport.write(data)

    def _hides_absence(self, asked: _Asked) -> bool:
        refusal = self._guard.refusal_to_tell_absence(asked.role, asked.request)
        if refusal is None:
            return False
        if self._upstream is not None:
            # The rest of its response is dropped.
            self._upstream.abandon()
            self._upstream = None
        self.transport.write(access_denied(refusal, asked.request.method != "HEAD", closes=False))
        return True

    def server_has_gone(self) -> None:
        """Closes the connection of the client, too."""
        self.transport.close()


class _ServerConnection(asyncio.Protocol):
    def __init__(self, client: ClientConnection) -> None:
        self._client: ClientConnection | None = client
        self.transport: asyncio.Transport | None = None
        self.connecting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self._client is None:
            self.transport.abort()
        else:
            self._client.server_is_there(self.transport)

    def data_received(self, data: bytes) -> None:
        if self._client is not None:
            self._client.answered(data)

    def connection_lost(self, error: Exception | None) -> None:
        if self._client is not None:
            self._client.server_has_gone()

    def pause_writing(self) -> None:
        if self._client is not None:
            self._client.transport.pause_reading()

    def resume_writing(self) -> None:
        if self._client is not None:
            self._client.transport.resume_reading()

    def pause(self) -> None:
        if self.transport is not None:
            self.transport.pause_reading()

    def resume(self) -> None:
        if self.transport is not None:
            self.transport.resume_reading()

    def abandon(self) -> None:
        """Closes the connection; the client gets nothing more."""
        self._client = None
        if self.transport is not None:
            self.transport.abort()


def _without_expectation(head: bytes) -> bytes:
    lines = head.split(b"\r\n")
    return b"\r\n".join(one for one in lines if not one.lower().startswith(b"expect:"))
