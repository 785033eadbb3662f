"""An HTTP proxy that makes the service behind it fail, as networks and services do.

It passes bytes on as they come, so signatures stay valid; it looks at the heads of requests only.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from tests.reliability.faults.http_head import Request, body_of, parse_head
from tests.reliability.faults.refusals import access_denied, slow_down

_HOST = "127.0.0.1"
_LONGEST_HEAD = 65536


class Fault(Enum):
    """What may happen to a request."""

    SLOW_DOWN = "503 before the service has seen it"
    RESET = "the connection breaks before the service has seen it"
    LOST_ANSWER = "the service does it, the connection breaks before the answer"
    ACCESS_DENIED = "IAM denies a call of Kinesis before the service has seen it"


_REFUSALS = {Fault.SLOW_DOWN: slow_down, Fault.ACCESS_DENIED: access_denied}

Rule = Callable[[Request], "Fault | None"]


class FaultProxy:
    """Listens on a port of its own and passes everything on to `target_url`.

    Args:
        target_url: `http://host:port` of the service.
    """

    def __init__(self, target_url: str) -> None:
        parts = urlsplit(target_url)
        self._target = (str(parts.hostname), int(parts.port or 80))
        self._rule: Rule | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._port = 0
        self._answers = asyncio.Event()
        self._answers.set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._run(self._listen())

    @property
    def url(self) -> str:
        """Where clients find it; the same before and after it was away."""
        return f"http://{_HOST}:{self._port}"

    def set_rule(self, rule: Rule | None) -> None:
        """Asks `rule` for each request from now on; it runs before the service has seen it."""
        self._rule = rule

    def go_away(self) -> None:
        """Breaks every connection and refuses new ones."""
        self._run(self._close())

    def come_back(self) -> None:
        """Listens again, on the same port."""
        self._run(self._listen())

    def fall_silent(self) -> None:
        """Takes connections and requests, and passes none on."""
        self._loop.call_soon_threadsafe(self._answers.clear)

    def speak_again(self) -> None:
        """Passes on what has waited, and everything later."""
        self._loop.call_soon_threadsafe(self._answers.set)

    def close(self) -> None:
        """Ends it for good."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        future.result()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._accept, _HOST, self._port, limit=_LONGEST_HEAD
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A connection is served by a task.")
        self._connections.add(task)
        try:
            await _Connection(self, reader, writer).serve()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # Either side has gone, or the proxy has.
            pass
        finally:
            self._connections.discard(task)
            _abort(writer)

    async def decide(self, request: Request) -> Fault | None:
        """Returns what is to happen to a request, once the proxy speaks."""
        await self._answers.wait()
        return None if self._rule is None else self._rule(request)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Opens a connection to the service."""
        return await asyncio.open_connection(*self._target)


class _Connection:
    """One connection of a client, and at most one to the service."""

    def __init__(
        self, proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._proxy = proxy
        self._reader = reader
        self._writer = writer
        self._service: asyncio.StreamWriter | None = None
        self._answers: asyncio.Task[None] | None = None
        self._drop_answer = False

    async def serve(self) -> None:
        """Serves request after request until one side ends it."""
        try:
            while await self._serve_one():
                pass
        finally:
            # First what cannot wait: the proxy may be closed during the last line.
            if self._service is not None:
                _abort(self._service)
            if self._answers is not None:
                self._answers.cancel()
                await asyncio.gather(self._answers, return_exceptions=True)

    async def _serve_one(self) -> bool:
        request = parse_head(await self._reader.readuntil(b"\r\n\r\n"))
        fault = await self._proxy.decide(request)
        if fault is Fault.RESET:
            return False
        if fault in _REFUSALS:
            return await self._refuse(request, _REFUSALS[fault](request))
        if self._service is None:
            service_reader, self._service = await self._proxy.connect()
            self._answers = asyncio.create_task(self._relay(service_reader))
        self._drop_answer = fault is Fault.LOST_ANSWER
        self._service.write(request.raw)
        async for piece in body_of(request, self._reader):
            self._service.write(piece)
            await self._service.drain()
        await self._service.drain()
        return True

    async def _refuse(self, request: Request, answer: bytes) -> bool:
        if not request.waits_for_consent:
            async for _ in body_of(request, self._reader):
                pass
        self._writer.write(answer)
        await self._writer.drain()
        with contextlib.suppress(OSError):
            self._writer.write_eof()
        return False

    async def _relay(self, service_reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while piece := await service_reader.read(_LONGEST_HEAD):
                # The consent to send a body is no answer yet.
                if self._drop_answer and not piece.startswith(b"HTTP/1.1 100"):
                    break
                self._writer.write(piece)
                await self._writer.drain()
        _abort(self._writer)


def _abort(writer: asyncio.StreamWriter) -> None:
    # A reset where something is unsent, an end where nothing is: never a wait.
    if writer.transport.get_write_buffer_size():
        writer.transport.abort()
    else:
        writer.close()
