"""One model server: the process that stands in for an instance of an endpoint."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from local.services.processes.children import Child, Children
from local.services.processes.failure_reason import failure_reason, read_tail

PING_INTERVAL_SECONDS = 0.1
PING_TIMEOUT = ClientTimeout(total=5)
HEALTH_CHECK_SECONDS = 5.0
FAILED_PINGS = 3
"""Failed pings in a row that mean that a server hangs; one may only be slow."""

DRAIN_SECONDS = 10.0

_READY_LINE = re.compile(rb"^Listening on (http://\S+)")

log = logging.getLogger(__name__)


class ServerFailed(Exception):
    """A model server did not become healthy; the message has the reason and the log."""


class ModelServer:
    """A healthy model server.

    Attributes:
        url: Its address.
        in_flight: How many requests it is answering now.
    """

    def __init__(
        self, child: Child, session: ClientSession, url: str, reading: asyncio.Task[None]
    ) -> None:
        """Wraps a started process."""
        self.url = url
        self._session = session
        self.in_flight = 0
        self._child = child
        self._reading = reading

    @classmethod
    async def start(
        cls,
        children: Children,
        session: ClientSession,
        command: Sequence[str],
        directory: Path,
        environment: Mapping[str, str],
        timeout_seconds: float,
    ) -> ModelServer:
        """Starts a server and waits until its ping answers.

        Raises:
            ServerFailed: It ended, or did not answer in time; it is not running then.
        """
        try:
            child = await children.start(command, directory, environment, capture_output=True)
        except OSError as error:
            raise ServerFailed(f"The model server cannot be started: {error}.") from error
        reading: asyncio.Task[None] | None = None
        try:
            deadline = time.monotonic() + timeout_seconds
            url = await asyncio.wait_for(_address(child), timeout_seconds)
            reading = asyncio.create_task(_keep_reading(child, directory / "stdout"))
            await _until_healthy(child, session, url, deadline)
            return cls(child, session, url, reading)
        except (TimeoutError, ServerFailed) as error:
            await child.stop(grace_seconds=1)
            reason = failure_reason(read_tail(directory / "stderr")) or str(error)
            raise ServerFailed(
                f"{reason or 'Its log is empty.'} Log: {directory / 'stderr'}"
            ) from error
        except asyncio.CancelledError:
            await child.stop(grace_seconds=1)
            raise

    async def unhealthy(self) -> str:
        """Waits until the server ends or no longer answers pings; returns which of both."""
        failed = 0
        ended = asyncio.create_task(self._child.wait())
        try:
            while failed < FAILED_PINGS:
                done, _ = await asyncio.wait({ended}, timeout=HEALTH_CHECK_SECONDS)
                if done:
                    return f"ended with status {ended.result()}"
                failed = 0 if await _answers(self._session, self.url) else failed + 1
            return f"did not answer {FAILED_PINGS} pings"
        finally:
            ended.cancel()

    async def end(self) -> None:
        """Ends the server without waiting for its requests."""
        await self._child.stop(grace_seconds=1)

    async def stop(self) -> None:
        """Waits for the requests in flight, then ends the server."""
        deadline = time.monotonic() + DRAIN_SECONDS
        while self.in_flight and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        await self._child.stop()


async def _address(child: Child) -> str:
    while line := await child.stdout.readline():
        match = _READY_LINE.match(line)
        if match:
            return match[1].decode()
    raise ServerFailed("The model server ended before it listened.")


async def _keep_reading(child: Child, path: Path) -> None:
    # A full pipe would block the server at its next line.
    with path.open("ab") as file:
        while chunk := await child.stdout.read(4096):
            file.write(chunk)
            file.flush()


async def _until_healthy(child: Child, session: ClientSession, url: str, deadline: float) -> None:
    ended = asyncio.create_task(child.wait())
    try:
        while time.monotonic() < deadline:
            if await _answers(session, url):
                return
            done, _ = await asyncio.wait({ended}, timeout=PING_INTERVAL_SECONDS)
            if done:
                raise ServerFailed(f"The model server ended with status {ended.result()}.")
        raise ServerFailed("The model server did not answer its ping in time.")
    finally:
        ended.cancel()


async def _answers(session: ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/ping", timeout=PING_TIMEOUT) as response:
            return response.status == 200
    except (TimeoutError, ClientError):
        return False
