"""Pipelines: stored definitions."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from local.services.protocol.errors import AwsError, ResourceNotFound, ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.protocol.pagination import page
from local.services.sagemaker.definition import Definition, InvalidDefinition, parse_definition
from local.services.sagemaker.execution import EXECUTING, STOPPING, Execution
from local.services.sagemaker.names import in_time_range, name_of, present
from local.services.sagemaker.tags import Tags
from local.services.settings import Settings
from local.services.storage.object_store import ObjectStore, StorageError


@dataclass
class Pipeline:
    """A pipeline with the definition that executions will run from now on."""

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
        """True while an execution of it is under way."""
        return any(execution.status in (EXECUTING, STOPPING) for execution in self.executions)


class Pipelines:
    """The pipeline operations that do not run anything."""

    def __init__(self, settings: Settings, tags: Tags, store: ObjectStore) -> None:
        """Starts without pipelines."""
        self._settings = settings
        self._tags = tags
        self._store = store
        self._pipelines: dict[str, Pipeline] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "CreatePipeline": self.create,
            "UpdatePipeline": self.update,
            "DescribePipeline": self.describe,
            "ListPipelines": self.list,
            "DeletePipeline": self.delete,
        }

    def require(self, name_or_arn: str) -> Pipeline:
        """Finds a pipeline.

        Raises:
            ResourceNotFound: There is none, in AWS's words.
        """
        name = name_of(name_or_arn)
        pipeline = self._pipelines.get(name)
        if pipeline is None:
            raise ResourceNotFound(f"Pipeline '{self._arn(name)}' does not exist.")
        return pipeline

    async def create(self, request: JsonObject) -> JsonObject:
        """Checks a definition as a whole and stores it."""
        name = request["PipelineName"]
        if name in self._pipelines:
            raise ValidationError(
                "Pipeline names must be unique within an AWS account and region. "
                f"Pipeline with name ({name}) already exists."
            )
        source, definition = await self._definition(request)
        self._pipelines[name] = Pipeline(name, self._arn(name), request, source, definition)
        self._tags.put(self._arn(name), request.get("Tags"))
        return {"PipelineArn": self._arn(name)}

    async def update(self, request: JsonObject) -> JsonObject:
        """Replaces what the request gives; executions that run keep their definition."""
        pipeline = self.require(request["PipelineName"])
        if "PipelineDefinition" in request or "PipelineDefinitionS3Location" in request:
            pipeline.source, pipeline.definition = await self._definition(request)
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
            ParallelismConfiguration=asked.get("ParallelismConfiguration"),
        )

    async def list(self, request: JsonObject) -> JsonObject:
        """Lists pipelines by creation time or name."""
        prefix = request.get("PipelineNamePrefix", "")
        found = [
            pipeline
            for pipeline in self._pipelines.values()
            if pipeline.name.startswith(prefix)
            and in_time_range(
                {
                    "CreationTimeAfter": request.get("CreatedAfter", 0),
                    "CreationTimeBefore": request.get("CreatedBefore", time.time() + 1),
                },
                pipeline.created,
            )
        ]
        by_name = request.get("SortBy") == "Name"
        found.sort(
            key=lambda pipeline: (pipeline.name if by_name else "", pipeline.created),
            reverse=request.get("SortOrder") == "Descending",
        )
        items, token = page(found, request.get("NextToken"), request.get("MaxResults", 100))
        summaries = [
            present(
                PipelineArn=pipeline.arn,
                PipelineName=pipeline.name,
                PipelineDisplayName=pipeline.request.get("PipelineDisplayName"),
                PipelineDescription=pipeline.request.get("PipelineDescription"),
                RoleArn=pipeline.request.get("RoleArn"),
                CreationTime=pipeline.created,
                LastModifiedTime=pipeline.modified,
                LastExecutionTime=pipeline.last_run,
            )
            for pipeline in items
        ]
        return present(PipelineSummaries=summaries, NextToken=token)

    async def delete(self, request: JsonObject) -> JsonObject:
        """Deletes a pipeline none of whose executions is under way."""
        pipeline = self.require(request["PipelineName"])
        if pipeline.is_executing:
            raise AwsError(
                "ConflictException",
                f"Pipeline {pipeline.arn} has executions under way; stop them first.",
            )
        del self._pipelines[pipeline.name]
        self._tags.remove_resource(pipeline.arn)
        return {"PipelineArn": pipeline.arn}

    async def _definition(self, request: JsonObject) -> tuple[str, Definition]:
        location = request.get("PipelineDefinitionS3Location")
        source = request.get("PipelineDefinition")
        try:
            if source is None and location is not None:
                uri = f"s3://{location['Bucket']}/{location['ObjectKey']}"
                source = await asyncio.to_thread(self._store.read_text, uri)
            if source is None:
                raise ValidationError("Give PipelineDefinition or PipelineDefinitionS3Location.")
            return source, parse_definition(source)
        except StorageError as error:
            raise ValidationError(f"The pipeline definition cannot be read. {error}") from error
        except InvalidDefinition as error:
            raise ValidationError(f"Unable to parse pipeline definition. {error}") from error

    def _arn(self, name: str) -> str:
        return self._settings.arn("sagemaker", f"pipeline/{name}")
