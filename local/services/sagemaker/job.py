"""Jobs of SageMaker, of either kind: training and processing."""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from local.permissions.calls.call import Call
from local.services.permissions.roles import AccessDenied, Roles
from local.services.processes.children import Children
from local.services.processes.failure_reason import failure_of
from local.services.protocol.errors import ResourceNotFound
from local.services.protocol.handler import Handlers, JsonObject
from local.services.settings import Settings
from local.services.storage.object_store import ObjectStore

log = logging.getLogger(__name__)


class JobFailed(Exception):
    """A job failed; the message is its FailureReason."""


class JobStopped(JobFailed):
    """A job ran longer than its MaxRuntimeInSeconds."""


def begin_as(roles: Roles, role: str, calls: Iterable[Call]) -> None:
    """Assumes the role of a job, which must allow what SageMaker does for the job.

    Raises:
        JobFailed: The role cannot be assumed, or does not allow one of the calls.
    """
    try:
        roles.take(role, "sagemaker.amazonaws.com")
        roles.authorize(role, calls)
    except AccessDenied as error:
        raise JobFailed(f"ClientError: {error.message}") from error


async def run_container(
    children: Children,
    command: Sequence[str],
    directory: Path,
    environment: Mapping[str, str],
    seconds: float,
) -> None:
    """Runs the command of a container; ends it when it is cancelled or runs for too long.

    Raises:
        JobFailed: It did not start, or its status is not 0.
        JobStopped: It ran longer than `seconds`.
    """
    try:
        child = await children.start(command, directory, environment)
    except OSError as error:
        raise JobFailed(f"ClientError: The command {command[0]} cannot run: {error}.") from error
    try:
        status = await asyncio.wait_for(child.wait(), seconds)
    except TimeoutError as error:
        await child.stop()
        raise JobStopped(f"The job ran longer than MaxRuntimeInSeconds, {seconds:g}.") from error
    except asyncio.CancelledError:
        await child.stop()
        raise
    if status != 0:
        raise JobFailed(_reason(directory, status))


def _reason(directory: Path, status: int) -> str:
    reason, path = failure_of([directory / "stderr", directory / "stdout"])
    return f'AlgorithmError: ExitCode {status}, ErrorMessage "{reason}". Log: {path}'


class Jobs(ABC):
    """The jobs of one kind that pipelines started.

    Attributes:
        kind: `Training` or `Processing`: the beginning of names of operations and members.
    """

    kind: str

    def __init__(self, settings: Settings, children: Children, store: ObjectStore) -> None:
        """Starts without jobs."""
        self._settings = settings
        self._children = children
        self._store = store
        self._jobs: dict[str, JsonObject] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {f"Describe{self.kind}Job": self.describe}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one job."""
        job = self._jobs.get(request[f"{self.kind}JobName"])
        if job is None:
            raise ResourceNotFound("Requested resource not found.")
        return job

    def directory(self, job: JsonObject) -> Path:
        """Returns the folder in which a job runs."""
        folder = f"{self.kind.lower()}-jobs"
        name = str(job[f"{self.kind}JobName"])
        return self._settings.run_directory / "sagemaker" / folder / name

    def begin(self, name: str, request: JsonObject) -> JsonObject:
        """Creates the job; `run` has to follow at once."""
        now = time.time()
        arn = self._settings.arn("sagemaker", f"{self.kind.lower()}-job/{name}")
        job = {
            **request,
            f"{self.kind}JobName": name,
            f"{self.kind}JobArn": arn,
            f"{self.kind}JobStatus": "InProgress",
            f"{self.kind}StartTime": now,
            "CreationTime": now,
            "LastModifiedTime": now,
        }
        self._jobs[name] = job
        return job

    @abstractmethod
    async def run(self, job: JsonObject) -> None:
        """Runs a job to its end.

        Raises:
            JobFailed: It did not succeed; the message is the FailureReason.
        """

    def finish(self, job: JsonObject, status: str, reason: str | None = None) -> None:
        """Sets the final status of a job."""
        now = time.time()
        job.update(
            {f"{self.kind}JobStatus": status, f"{self.kind}EndTime": now, "LastModifiedTime": now}
        )
        if reason is not None:
            job["FailureReason"] = reason
            log.warning("%s job %s: %s.", self.kind, status.lower(), reason)
