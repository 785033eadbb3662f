"""Pipelines: stored definitions."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from local.services.protocol.errors import AwsError, ResourceNotFound, ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.sagemaker.definition import Definition, InvalidDefinition, parse_definition
from local.services.sagemaker.execution import EXECUTING, STOPPING, Execution
from local.services.sagemaker.names import name_of, present
from local.services.settings import Settings


@dataclass
class Pipeline:
    """A pipeline with its current definition."""

    name: str
    arn: str
    request: JsonObject
    source: str
    definition: Definition
    created: float = field(default_factory=time.time)
    modified: float = field(default_factory=time.time)
    last_run: float | None = None
    executions: list[Execution] = field(default_factory=list)

    @property
    def is_executing(self) -> bool:
        """Whether one of its executions is running."""
        return any(execution.status in (EXECUTING, STOPPING) for execution in self.executions)


class Pipelines:
    """The operations about pipelines themselves."""

    def __init__(self, settings: Settings) -> None:
        """Starts without pipelines."""
        self._settings = settings
        self._pipelines: dict[str, Pipeline] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "CreatePipeline": self.create,
            "UpdatePipeline": self.update,
            "DescribePipeline": self.describe,
            "DeletePipeline": self.delete,
        }

    def require(self, name_or_arn: str) -> Pipeline:
        """Finds a pipeline.

        Raises:
            ResourceNotFound: There is none.
        """
        name = name_of(name_or_arn)
        pipeline = self._pipelines.get(name)
        if pipeline is None:
            raise ResourceNotFound(f"Pipeline '{self._arn(name)}' does not exist.")
        return pipeline

    async def create(self, request: JsonObject) -> JsonObject:
        """Checks and stores a definition."""
        name = request["PipelineName"]
        if name in self._pipelines:
            raise ValidationError(
                "Pipeline names must be unique within an AWS account and region. "
                f"Pipeline with name ({name}) already exists."
            )
        source, definition = _definition(request)
        self._pipelines[name] = Pipeline(name, self._arn(name), request, source, definition)
        return {"PipelineArn": self._arn(name)}

    async def update(self, request: JsonObject) -> JsonObject:
        """Replaces members of a pipeline; running executions keep their definition."""
        pipeline = self.require(request["PipelineName"])
        if "PipelineDefinition" in request:
            pipeline.source, pipeline.definition = _definition(request)
        pipeline.request = {**pipeline.request, **request}
        pipeline.modified = time.time()
        return {"PipelineArn": pipeline.arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one pipeline."""
        pipeline = self.require(request["PipelineName"])
        asked = pipeline.request
        return present(
            PipelineArn=pipeline.arn,
            PipelineName=pipeline.name,
            PipelineDisplayName=asked.get("PipelineDisplayName"),
            PipelineDefinition=pipeline.source,
            PipelineDescription=asked.get("PipelineDescription"),
            RoleArn=asked.get("RoleArn"),
            PipelineStatus="Active",
            CreationTime=pipeline.created,
            LastModifiedTime=pipeline.modified,
            LastRunTime=pipeline.last_run,
            CreatedBy={},
            LastModifiedBy={},
        )

    async def delete(self, request: JsonObject) -> JsonObject:
        """Deletes a pipeline without running executions."""
        pipeline = self.require(request["PipelineName"])
        if pipeline.is_executing:
            raise AwsError(
                "ConflictException",
                f"Pipeline {pipeline.arn} has executions under way; stop them first.",
            )
        del self._pipelines[pipeline.name]
        return {"PipelineArn": pipeline.arn}

    def _arn(self, name: str) -> str:
        return self._settings.arn("sagemaker", f"pipeline/{name}")


def _definition(request: JsonObject) -> tuple[str, Definition]:
    source = request.get("PipelineDefinition")
    if source is None:
        raise ValidationError(
            "The stand-in for SageMaker takes a definition as PipelineDefinition only."
        )
    try:
        return source, parse_definition(source)
    except InvalidDefinition as error:
        raise ValidationError(f"Unable to parse pipeline definition. {error}") from error
