"""Data capture: writes a share of the invocations to S3, by the endpoint configuration."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from local.services.permissions.roles import Roles
from local.services.protocol.handler import JsonObject
from local.services.runtime.captured_record import Payload, captured_line, captured_uri
from local.services.storage.object_store import ObjectStore, StorageError

UPLOAD_SECONDS = 2.0

log = logging.getLogger(__name__)


@dataclass
class _Lines:
    config: JsonObject
    role: str | None
    lines: list[str] = field(default_factory=list)


class DataCapture:
    """Collects lines and uploads them in the background, without delaying invocations."""

    def __init__(
        self,
        store: ObjectStore,
        roles: Roles,
        draw: Callable[[], float] = lambda: random.random() * 100,
    ) -> None:
        """Starts without lines.

        Args:
            store: Where lines are written.
            roles: The deployed roles.
            draw: Draws a percentage, 0 to below 100, to compare with the sampling percentage.
        """
        self._store = store
        self._roles = roles
        self._draw = draw
        self._lines: dict[tuple[str, str], _Lines] = {}
        self._upload: asyncio.Task[None] | None = None

    def offer(
        self,
        config: JsonObject | None,
        endpoint: str,
        variant: str,
        request: Payload,
        answer: Payload,
        role: str | None = None,
    ) -> None:
        """Collects an invocation, if its configuration says so and it is drawn.

        Args:
            config: The configuration's DataCaptureConfig.
            endpoint: Name of the endpoint.
            variant: Name of the variant.
            request: The request.
            answer: The response.
            role: The model's role, which writes to S3.
        """
        if config is None or not config.get("EnableCapture", True):
            return
        if self._draw() >= config["InitialSamplingPercentage"]:
            return
        kept = self._lines.setdefault((endpoint, variant), _Lines(config, role))
        kept.lines.append(captured_line(config, request, answer, time.time()))
        if self._upload is None:
            self._upload = asyncio.create_task(self._upload_later())

    async def close(self) -> None:
        """Uploads the remaining lines."""
        if self._upload is not None:
            self._upload.cancel()
            await asyncio.gather(self._upload, return_exceptions=True)
        await self._upload_now()

    async def _upload_later(self) -> None:
        await asyncio.sleep(UPLOAD_SECONDS)
        self._upload = None
        await self._upload_now()

    async def _upload_now(self) -> None:
        collected, self._lines = self._lines, {}
        for (endpoint, variant), kept in collected.items():
            uri = captured_uri(kept.config, endpoint, variant, time.time())
            text = "".join(f"{line}\n" for line in kept.lines)
            store = self._store.of(self._roles.environment(kept.role))
            try:
                await asyncio.to_thread(store.write_text, text, uri)
            except StorageError as error:
                log.warning("Captured data of endpoint %s is lost: %s", endpoint, error)
