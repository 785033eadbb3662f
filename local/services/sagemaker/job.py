"""What training and processing jobs have in common."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from local.permissions.calls.call import Call
from local.services.permissions.roles import AccessDenied, Roles
from local.services.processes.children import Children
from local.services.processes.failure_reason import failure_of
from local.services.protocol.handler import JsonObject

log = logging.getLogger(__name__)


class JobFailed(Exception):
    """A job ended without success; the message is its FailureReason."""


class JobStopped(JobFailed):
    """A job ran longer than it may."""


def begin_as(roles: Roles, role: str, calls: Iterable[Call]) -> None:
    """Takes a job's role and makes sure that the job may do what SageMaker does in its name.

    Raises:
        JobFailed: It may not.
    """
    try:
        roles.take(role, "sagemaker.amazonaws.com")
        roles.authorize(role, calls)
    except AccessDenied as error:
        raise JobFailed(f"ClientError: {error.message}") from error


async def run_container(
    children: Children,
    command: list[str],
    directory: Path,
    environment: Mapping[str, str],
    seconds: float,
) -> None:
    """Runs what AWS would run in a container, and ends it when it is cancelled or too slow.

    Raises:
        JobFailed: It could not be started, or ended with another status than 0.
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


def created(
    name_member: str, name: str, arn_member: str, arn: str, request: JsonObject
) -> JsonObject:
    """Returns what a Describe operation answers about a job that has just begun."""
    now = time.time()
    kind = name_member.removesuffix("JobName")
    return {
        **request,
        name_member: name,
        arn_member: arn,
        f"{kind}JobStatus": "InProgress",
        f"{kind}StartTime": now,
        "CreationTime": now,
        "LastModifiedTime": now,
    }


def finished(job: JsonObject, kind: str, status: str, reason: str | None = None) -> None:
    """Records how a job ended."""
    now = time.time()
    job.update({f"{kind}JobStatus": status, f"{kind}EndTime": now, "LastModifiedTime": now})
    if reason is not None:
        job["FailureReason"] = reason
        log.warning("%s job %s: %s.", kind, status.lower(), reason)
