"""The operations that start, show and stop executions."""

from __future__ import annotations

import time

from local.services.protocol.errors import ResourceNotFound, ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.protocol.pagination import page
from local.services.sagemaker.execution import EXECUTING, Execution
from local.services.sagemaker.executor import Executor
from local.services.sagemaker.names import in_time_range, present, random_id
from local.services.sagemaker.parameters import InvalidParameters, parameter_values
from local.services.sagemaker.pipeline_permissions import PipelinePermissions
from local.services.sagemaker.pipelines import Pipelines

PAGE_SIZE = 100


class Executions:
    """Executions of this run's pipelines."""

    def __init__(
        self, pipelines: Pipelines, executor: Executor, permissions: PipelinePermissions
    ) -> None:
        """Starts without executions."""
        self._permissions = permissions
        self._pipelines = pipelines
        self._executor = executor
        self._executions: dict[str, Execution] = {}
        self._tokens: dict[str, str] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "StartPipelineExecution": self.start,
            "DescribePipelineExecution": self.describe,
            "ListPipelineExecutions": self.list,
            "ListPipelineExecutionSteps": self.list_steps,
            "StopPipelineExecution": self.stop,
        }

    async def start(self, request: JsonObject) -> JsonObject:
        """Starts an execution, once for each ClientRequestToken."""
        pipeline = self._pipelines.require(request["PipelineName"])
        token = f"{pipeline.arn} {request['ClientRequestToken']}"
        if token in self._tokens:
            return {"PipelineExecutionArn": self._tokens[token]}
        try:
            parameters = parameter_values(
                pipeline.definition.parameters, request.get("PipelineParameters", [])
            )
        except InvalidParameters as error:
            raise ValidationError(str(error)) from error
        self._permissions.begin(pipeline.request.get("RoleArn"))
        execution_id = random_id()
        execution = Execution(
            execution_id=execution_id,
            arn=f"{pipeline.arn}/execution/{execution_id}",
            pipeline_name=pipeline.name,
            pipeline_arn=pipeline.arn,
            definition=pipeline.definition,
            parameters=parameters,
            role=pipeline.request.get("RoleArn"),
            display_name=request.get("PipelineExecutionDisplayName"),
            description=request.get("PipelineExecutionDescription"),
        )
        self._executions[execution.arn] = execution
        pipeline.executions.append(execution)
        self._tokens[token] = execution.arn
        pipeline.last_run = time.time()
        self._executor.start(execution)
        return {"PipelineExecutionArn": execution.arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one execution."""
        return self._require(request["PipelineExecutionArn"]).describe()

    async def list(self, request: JsonObject) -> JsonObject:
        """Lists the executions of a pipeline, newest first unless asked otherwise."""
        pipeline = self._pipelines.require(request["PipelineName"])
        times = {
            "CreationTimeAfter": request.get("CreatedAfter", 0),
            "CreationTimeBefore": request.get("CreatedBefore", time.time() + 1),
        }
        found = [
            execution
            for execution in self._executions.values()
            if execution.pipeline_arn == pipeline.arn and in_time_range(times, execution.created)
        ]
        if request.get("SortOrder", "Descending") == "Descending":
            found.reverse()
        items, token = page(found, request.get("NextToken"), request.get("MaxResults", PAGE_SIZE))
        summaries = [execution.summary() for execution in items]
        return present(PipelineExecutionSummaries=summaries, NextToken=token)

    async def list_steps(self, request: JsonObject) -> JsonObject:
        """Lists the steps that have started, newest first unless asked otherwise."""
        steps = list(self._require(request["PipelineExecutionArn"]).steps.values())
        if request.get("SortOrder", "Descending") == "Descending":
            steps.reverse()
        items, token = page(steps, request.get("NextToken"), request.get("MaxResults", PAGE_SIZE))
        described = [step.describe() for step in items]
        return present(PipelineExecutionSteps=described, NextToken=token)

    async def stop(self, request: JsonObject) -> JsonObject:
        """Starts to stop an execution."""
        execution = self._require(request["PipelineExecutionArn"])
        if execution.status != EXECUTING:
            raise ValidationError(
                f"Only a pipeline execution that is Executing can be stopped; "
                f"{execution.arn} is {execution.status}."
            )
        self._executor.stop(execution)
        return {"PipelineExecutionArn": execution.arn}

    def _require(self, arn: str) -> Execution:
        execution = self._executions.get(arn)
        if execution is None:
            raise ResourceNotFound(f"Pipeline execution '{arn}' does not exist.")
        return execution
