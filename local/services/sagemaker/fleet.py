"""The model servers of one endpoint configuration."""

from __future__ import annotations

import asyncio
import itertools
import logging
from pathlib import Path

from aiohttp import ClientSession

from local.permissions.calls.containers import container_calls
from local.repository_root import REPOSITORY_ROOT
from local.services.permissions.roles import AccessDenied
from local.services.processes.children import Children
from local.services.protocol.handler import JsonObject
from local.services.sagemaker.model_server import ModelServer, ServerFailed
from local.services.sagemaker.models import Container
from local.services.settings import Settings
from local.services.storage.object_store import ObjectStore, StorageError

RESTART_SECONDS = 2.0

log = logging.getLogger(__name__)


class FleetFailed(Exception):
    """A fleet did not become healthy; the message is the FailureReason of the endpoint."""


class Variant:
    """A production variant and its servers."""

    def __init__(
        self,
        config: JsonObject,
        container: Container,
        directory: Path,
        capture: JsonObject | None = None,
    ) -> None:
        """Takes the settings of a variant; it has no servers yet.

        Args:
            config: The production variant of the endpoint configuration.
            container: Image, model and environment of its servers.
            directory: Folder for its model and the logs of its servers.
            capture: The configuration's DataCaptureConfig.
        """
        self.config = config
        self.capture = capture
        self.container = container
        self.directory = directory
        self.weight = float(config["InitialVariantWeight"])
        self.desired = int(config.get("InitialInstanceCount", 1))
        self.servers: list[ModelServer] = []
        self.turn = itertools.count()

    @property
    def name(self) -> str:
        """Name of the variant."""
        return str(self.config["VariantName"])

    def next_server(self) -> ModelServer | None:
        """Returns the next server in turn; None while there is none."""
        return self.servers[next(self.turn) % len(self.servers)] if self.servers else None


class ServerStarter:
    """Downloads models and starts their servers."""

    def __init__(
        self, settings: Settings, children: Children, store: ObjectStore, session: ClientSession
    ) -> None:
        """Takes what servers need."""
        self._settings = settings
        self._children = children
        self._store = store
        self._session = session
        self._numbers = itertools.count(1)

    async def download(self, variant: Variant) -> None:
        """Downloads and unpacks the model.tar.gz of a variant, with the role of the model.

        Raises:
            AccessDenied: SageMaker may not assume the role, or the role lacks a permission that
                containers need.
            StorageError: The role may not read the model, or there is none.
        """
        roles, role = self._settings.roles, variant.container.role
        if roles.place is not None and role is not None:
            roles.take(role, "sagemaker.amazonaws.com")
            # The log group has the name of the endpoint, which the variant does not know.
            group, namespace = "/aws/sagemaker/Endpoints/name", "/aws/sagemaker/Endpoints"
            image = variant.container.image
            roles.authorize(role, container_calls(roles.place, image, group, namespace))
        await asyncio.to_thread(
            self._store.of(roles.environment(role)).download_archive,
            variant.container.model_data_url,
            variant.directory / "model",
        )

    async def start(self, variant: Variant) -> ModelServer:
        """Starts one server of a variant, after its download."""
        settings = self._settings
        root = str(REPOSITORY_ROOT)
        path = settings.environment.get("PYTHONPATH")
        environment = settings.child_environment(
            {**variant.container.environment, "PYTHONPATH": f"{root}:{path}" if path else root},
            variant.container.role,
        )
        model = str(variant.directory / "model")
        return await ModelServer.start(
            self._children,
            self._session,
            [*settings.model_server_command, "--model-directory", model, "--port", "0"],
            variant.directory / f"instance-{next(self._numbers)}",
            environment,
            settings.ping_timeout_seconds,
        )


class Fleet:
    """All variants of a configuration."""

    def __init__(self, config_name: str, variants: list[Variant], starter: ServerStarter) -> None:
        """Takes the variants; the fleet has not started yet."""
        self.config_name = config_name
        self.variants = {variant.name: variant for variant in variants}
        self.crashes = 0
        self._starter = starter
        self._stopping = False
        self._watching: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts every server and waits until all are healthy.

        Raises:
            FleetFailed: One of them is not; the others are stopped.
        """
        try:
            for variant in self.variants.values():
                await self._prepare(variant)
        except BaseException:
            await self.stop()
            raise

    async def scale(self, variant: Variant, count: int) -> None:
        """Starts or stops servers, until a variant has `count` of them."""
        variant.desired = count
        missing = count - len(variant.servers)
        if missing > 0:
            await asyncio.gather(*(self._add(variant) for _ in range(missing)))
        surplus = variant.servers[count:]
        del variant.servers[count:]
        await asyncio.gather(*(server.stop() for server in surplus))

    async def stop(self) -> None:
        """Stops every server."""
        self._stopping = True
        for task in self._watching:
            task.cancel()
        servers = [server for variant in self.variants.values() for server in variant.servers]
        for variant in self.variants.values():
            variant.servers.clear()
        await asyncio.gather(*(server.stop() for server in servers))

    async def _prepare(self, variant: Variant) -> None:
        try:
            await self._starter.download(variant)
        except (AccessDenied, StorageError) as error:
            raise FleetFailed(
                f'Failed to download model data for production variant "{variant.name}". {error}'
            ) from error
        try:
            await self.scale(variant, variant.desired)
        except ServerFailed as error:
            raise FleetFailed(
                f"The primary container for production variant {variant.name} did not pass the "
                f"ping health check. {error}"
            ) from error

    async def _add(self, variant: Variant) -> None:
        server = await self._starter.start(variant)
        variant.servers.append(server)
        task = asyncio.create_task(self._watch(variant, server))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _watch(self, variant: Variant, server: ModelServer) -> None:
        """Replaces a server that ends or hangs, as SageMaker replaces an unhealthy instance."""
        reason = await server.unhealthy()
        if self._stopping or server not in variant.servers:
            return
        variant.servers.remove(server)
        self.crashes += 1
        log.warning("A server of variant %s %s; another one is started.", variant.name, reason)
        await server.end()
        while not self._stopping and len(variant.servers) < variant.desired:
            try:
                await self._add(variant)
            except ServerFailed as error:
                log.warning("Variant %s: %s", variant.name, error)
                await asyncio.sleep(RESTART_SECONDS)
