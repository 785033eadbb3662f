"""Keeps a share of the invocations in S3, as an endpoint's configuration asks."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable

from local.services.protocol.handler import JsonObject
from local.services.runtime.captured_record import Payload, captured_line, captured_uri
from local.services.storage.object_store import ObjectStore, StorageError

UPLOAD_SECONDS = 2.0

log = logging.getLogger(__name__)


class DataCapture:
    """Collects lines and uploads them in the background; an invocation never waits for it."""

    def __init__(
        self, store: ObjectStore, draw: Callable[[], float] = lambda: random.random() * 100
    ) -> None:
        """Starts with nothing collected.

        Args:
            store: Where the lines go.
            draw: Draws a percentage, 0 to below 100, to compare with the sampling percentage.
        """
        self._store = store
        self._draw = draw
        self._lines: dict[tuple[str, str], tuple[JsonObject, list[str]]] = {}
        self._upload: asyncio.Task[None] | None = None

    def offer(
        self,
        config: JsonObject | None,
        endpoint: str,
        variant: str,
        request: Payload,
        answer: Payload,
    ) -> None:
        """Keeps an invocation if its configuration captures and the draw says so."""
        if config is None or not config.get("EnableCapture", True):
            return
        if self._draw() >= config["InitialSamplingPercentage"]:
            return
        _, lines = self._lines.setdefault((endpoint, variant), (config, []))
        lines.append(captured_line(config, request, answer, time.time()))
        if self._upload is None:
            self._upload = asyncio.create_task(self._upload_later())

    async def close(self) -> None:
        """Uploads what is left."""
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
        for (endpoint, variant), (config, lines) in collected.items():
            uri = captured_uri(config, endpoint, variant, time.time())
            text = "".join(f"{line}\n" for line in lines)
            try:
                await asyncio.to_thread(self._store.write_text, text, uri)
            except StorageError as error:
                log.warning("Captured data of endpoint %s is lost: %s", endpoint, error)
