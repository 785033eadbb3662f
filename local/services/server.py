"""Serves on a port, until the last child process has ended."""

from __future__ import annotations

import dataclasses
import socket

from aiohttp import web

from local.services.application import Services
from local.services.settings import Settings

HOST = "127.0.0.1"


class Server:
    """The services, on a port of this machine."""

    def __init__(self, url: str, services: Services, runner: web.AppRunner) -> None:
        """Takes what `stop` has to end."""
        self.url = url
        self._services = services
        self._runner = runner

    @classmethod
    async def start(cls, settings: Settings, port: int) -> Server:
        """Binds the port and serves.

        Args:
            settings: Settings of the run; the address is added.
            port: 0 takes a free one.

        Raises:
            OSError: The port is taken.
        """
        listening = socket.create_server((HOST, port), backlog=1024)
        url = f"http://{HOST}:{listening.getsockname()[1]}"
        services = Services(dataclasses.replace(settings, service_url=url))
        runner = web.AppRunner(services.application(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        return cls(url, services, runner)

    async def stop(self) -> None:
        """Stops to take requests, and ends everything that was started."""
        await self._runner.cleanup()
        await self._services.close()
