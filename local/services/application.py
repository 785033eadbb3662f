"""All services, constructed and put on one port."""

from __future__ import annotations

import asyncio

from aiohttp import ClientSession, TCPConnector, web

from local.services.emr.capacity_operations import CapacityOperations
from local.services.emr.operations import EmrOperations
from local.services.emr.step_runner import StepRunner
from local.services.emr.step_service import StepService
from local.services.permissions.callers import Callers
from local.services.processes.children import Children
from local.services.protocol.dispatch import JsonDispatcher
from local.services.runtime.data_capture import DataCapture
from local.services.runtime.invocations import PAYLOAD_LIMIT_BYTES, Invocations
from local.services.sagemaker.endpoint_configs import EndpointConfigs
from local.services.sagemaker.endpoints import Endpoints
from local.services.sagemaker.executions import Executions
from local.services.sagemaker.executor import Executor
from local.services.sagemaker.fleet import ServerStarter
from local.services.sagemaker.models import Models
from local.services.sagemaker.packages import Packages
from local.services.sagemaker.pipeline_permissions import PipelinePermissions
from local.services.sagemaker.pipelines import Pipelines
from local.services.sagemaker.processing_jobs import ProcessingJobs
from local.services.sagemaker.step_runners import step_runners
from local.services.sagemaker.training_jobs import TrainingJobs
from local.services.settings import Settings
from local.services.storage.object_store import ObjectStore


class Services:
    """All services of a run. Create and close it inside a running event loop."""

    def __init__(self, settings: Settings) -> None:
        """Constructs all services, without clusters, models and endpoints."""
        self._children = Children(settings.environment)
        self._session = ClientSession(connector=TCPConnector(limit=0, keepalive_timeout=60))
        store = ObjectStore(settings.environment, settings.region)
        steps = StepService(settings, StepRunner(settings, self._children))
        packages = Packages(settings)
        training = TrainingJobs(settings, self._children, store)
        processing = ProcessingJobs(settings, self._children, store)
        permissions = PipelinePermissions(settings.roles)
        pipelines = Pipelines(settings)
        self._executor = Executor(step_runners(permissions, steps, training, processing, packages))
        models = Models(settings, packages)
        configs = EndpointConfigs(settings, models)
        starter = ServerStarter(settings, self._children, store, self._session)
        self._endpoints = Endpoints(settings, models, configs, starter)
        self._capture = DataCapture(store, settings.roles)
        self._invocations = Invocations(settings, self._endpoints, self._session, self._capture)
        self._dispatcher = JsonDispatcher(Callers(settings.roles))
        self._dispatcher.add_service(
            "emr", {**EmrOperations(steps).handlers(), **CapacityOperations(steps).handlers()}
        )
        self._dispatcher.add_service(
            "sagemaker",
            {
                **packages.handlers(),
                **pipelines.handlers(),
                **Executions(pipelines, self._executor, permissions).handlers(),
                **training.handlers(),
                **processing.handlers(),
                **models.handlers(),
                **configs.handlers(),
                **self._endpoints.handlers(),
            },
        )

    def application(self) -> web.Application:
        """Returns the HTTP application."""
        application = web.Application(client_max_size=PAYLOAD_LIMIT_BYTES)
        application.router.add_post("/", self._dispatcher.handle)
        application.router.add_post("/endpoints/{name}/invocations", self._invocations.handle)
        return application

    async def close(self) -> None:
        """Ends everything that was started."""
        # All at once: an execution waits for the end of its children, which may ignore a signal.
        await asyncio.gather(
            self._executor.stop_all(), self._endpoints.stop_all(), self._children.stop_all()
        )
        await self._capture.close()
        await self._session.close()
