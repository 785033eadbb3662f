"""Permissions that the role of a pipeline needs for its steps."""

from __future__ import annotations

import logging

from local.permissions.calls.call import Call
from local.permissions.calls.pipeline import (
    cancel_calls,
    emr_step_calls,
    job_calls,
    register_calls,
    stop_calls,
)
from local.permissions.calls.s3 import S3Request, calls_of
from local.services.permissions.roles import AccessDenied, Roles
from local.services.protocol.handler import JsonObject
from local.services.sagemaker.execution import Execution
from local.services.sagemaker.names import name_of
from local.services.storage.s3_uri import S3Uri

log = logging.getLogger(__name__)


class PipelinePermissions:
    """Checks that the role of a pipeline may make the calls that its steps need.

    Every method raises `AccessDenied` if it may not, except for those that stop something: a step
    that may not be stopped goes on, and the log says so.
    """

    def __init__(self, roles: Roles) -> None:
        """Asks the deployed policies."""
        self._roles = roles

    def begin(self, role: str | None) -> None:
        """Assumes the role of a pipeline that is to be executed."""
        if role is not None:
            self._roles.take(role, "sagemaker.amazonaws.com")

    def run_emr_step(self, execution: Execution, cluster_id: str) -> None:
        """Adds a step to a cluster and follows it."""
        if (place := self._roles.place) is not None:
            self._roles.authorize(execution.role, emr_step_calls(place, cluster_id))

    def cancel_emr_step(self, execution: Execution, cluster_id: str) -> None:
        """Cancels a step."""
        if (place := self._roles.place) is not None:
            self._try(execution, cancel_calls(place, cluster_id))

    def start_job(self, execution: Execution, kind: str, name: str, job_role: str) -> None:
        """Starts a job of a kind, `Training` or `Processing`, and follows it."""
        if (place := self._roles.place) is not None:
            self._roles.authorize(execution.role, job_calls(place, kind, name, job_role))

    def stop_job(self, execution: Execution, kind: str, name: str) -> None:
        """Stops a job."""
        if (place := self._roles.place) is not None:
            self._try(execution, stop_calls(place, kind, name))

    def read_property_file(self, execution: Execution, uri: str) -> None:
        """Reads what a processing job has written."""
        self._read(execution, uri)

    def register_model(self, execution: Execution, request: JsonObject) -> None:
        """Registers a model package, whose model SageMaker reads."""
        if (place := self._roles.place) is None:
            return
        group = name_of(request["ModelPackageGroupName"])
        self._roles.authorize(execution.role, register_calls(place, group))
        for container in request.get("InferenceSpecification", {}).get("Containers", []):
            self._read(execution, container["ModelDataUrl"])

    def _read(self, execution: Execution, uri: str) -> None:
        if (place := self._roles.place) is not None:
            parsed = S3Uri.parse(uri)
            request = S3Request("GET", parsed.bucket, parsed.key, {}, {})
            calls = calls_of(request, place, self._roles.encryption)
            self._roles.authorize(execution.role, calls)

    def _try(self, execution: Execution, calls: list[Call]) -> None:
        try:
            self._roles.authorize(execution.role, calls)
        except AccessDenied as error:
            log.error("The execution %s may not stop what it runs: %s", execution.arn, error)
