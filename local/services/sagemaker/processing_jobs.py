"""Processing jobs: the entry point of the container, run without a container."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from local.permissions.calls.containers import container_calls
from local.services.protocol.handler import JsonObject
from local.services.sagemaker.job import JobFailed, Jobs, JobStopped, begin_as, run_container
from local.services.storage.object_store import StorageError

CONTAINER_DIRECTORY = "/opt/ml/processing"

log = logging.getLogger(__name__)


class ProcessingJobs(Jobs):
    """The processing jobs; the folder of one stands for the container's /opt/ml/processing."""

    kind = "Processing"

    async def run(self, job: JsonObject) -> None:
        """Runs a job to its end."""
        try:
            await self._run(job)
        except asyncio.CancelledError:
            self.finish(job, "Stopped")
            raise
        except (JobFailed, StorageError) as error:
            status = "Stopped" if isinstance(error, JobStopped) else "Failed"
            reason = str(error) if isinstance(error, JobFailed) else f"ClientError: {error}"
            self.finish(job, status, reason)
            raise JobFailed(reason) from error
        self.finish(job, "Completed")
        job["ExitMessage"] = ""

    async def _run(self, job: JsonObject) -> None:
        base = self.directory(job)
        log.info("Processing job %s runs in %s.", job["ProcessingJobName"], base)
        self._authorize(job)
        store = self._store.of(self._settings.roles.environment(job["RoleArn"]))
        for item in job.get("ProcessingInputs", []):
            source = item["S3Input"]
            await asyncio.to_thread(
                store.download_prefix, source["S3Uri"], inside(base, source["LocalPath"])
            )
        outputs = [
            (inside(base, item["S3Output"]["LocalPath"]), item["S3Output"]["S3Uri"])
            for item in job.get("ProcessingOutputConfig", {}).get("Outputs", [])
        ]
        for directory, _ in outputs:
            directory.mkdir(parents=True, exist_ok=True)
        application = job["AppSpecification"]
        command = [
            argument.replace(CONTAINER_DIRECTORY, str(base))
            for argument in (
                *application.get("ContainerEntrypoint", []),
                *application.get("ContainerArguments", []),
            )
        ]
        if not command:
            raise JobFailed("ClientError: Without an image the job needs a ContainerEntrypoint.")
        environment = self._settings.child_environment(
            {**job.get("Environment", {}), "PROCESSING_BASE_DIR": str(base)}, job["RoleArn"]
        )
        seconds = float(job.get("StoppingCondition", {}).get("MaxRuntimeInSeconds", 86400))
        await run_container(self._children, command, base, environment, seconds)
        for directory, uri in outputs:
            await asyncio.to_thread(store.upload_directory, directory, uri)

    def _authorize(self, job: JsonObject) -> None:
        roles = self._settings.roles
        if roles.place is not None:
            image = job["AppSpecification"].get("ImageUri")
            group = "/aws/sagemaker/ProcessingJobs"
            begin_as(roles, job["RoleArn"], container_calls(roles.place, image, group, group))


def inside(base: Path, container_path: str) -> Path:
    """Returns the path on this machine for a path in the container.

    Raises:
        JobFailed: The path is not below the folder that SageMaker mounts.
    """
    relative = container_path.removeprefix(CONTAINER_DIRECTORY).lstrip("/")
    if not container_path.startswith(CONTAINER_DIRECTORY) or ".." in Path(relative).parts:
        raise JobFailed(
            f"ClientError: LocalPath must be below {CONTAINER_DIRECTORY}, "
            f'received "{container_path}".'
        )
    return base / relative
