"""One execution of a pipeline: its steps, its state, and how the API describes it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.services.protocol.handler import JsonObject
from local.services.sagemaker.definition import Definition, StepDefinition
from local.services.sagemaker.expressions import Scope
from local.services.sagemaker.names import present

EXECUTING = "Executing"
STOPPING = "Stopping"
STOPPED = "Stopped"
FAILED = "Failed"
SUCCEEDED = "Succeeded"


@dataclass
class StepRecord:
    """A step that has started.

    Attributes:
        metadata: Metadata of the step as AWS reports it, for example its job or its outcome.
    """

    definition: StepDefinition
    status: str = EXECUTING
    failure_reason: str | None = None
    metadata: JsonObject = field(default_factory=dict)
    started: float = field(default_factory=time.time)
    ended: float | None = None

    def end(self, status: str, reason: str | None = None) -> None:
        """Sets the final status of the step."""
        self.status, self.failure_reason, self.ended = status, reason, time.time()

    def describe(self) -> JsonObject:
        """Answers one item of ListPipelineExecutionSteps."""
        body = self.definition.body
        return present(
            StepName=self.definition.name,
            StepDisplayName=body.get("DisplayName"),
            StepDescription=body.get("Description"),
            StartTime=self.started,
            EndTime=self.ended,
            StepStatus=self.status,
            AttemptCount=1,
            FailureReason=self.failure_reason,
            Metadata=self.metadata,
        )


@dataclass
class Execution:
    """One execution.

    Attributes:
        role: ARN of the role of its pipeline.
        properties: Properties of steps that have ended, for expressions, by step.
        property_files: Parsed property files by step and name.
    """

    execution_id: str
    arn: str
    pipeline_name: str
    pipeline_arn: str
    definition: Definition
    parameters: dict[str, Any]
    role: str | None = None
    display_name: str | None = None
    description: str | None = None
    status: str = EXECUTING
    failure_reason: str | None = None
    created: float = field(default_factory=time.time)
    modified: float = field(default_factory=time.time)
    steps: dict[str, StepRecord] = field(default_factory=dict)
    outcomes: dict[str, bool] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    property_files: dict[tuple[str, str], Any] = field(default_factory=dict)

    def scope(self) -> Scope:
        """Returns the values that expressions can refer to now."""
        return Scope(
            self.parameters,
            {
                "PipelineExecutionId": self.execution_id,
                "PipelineExecutionArn": self.arn,
                "PipelineName": self.pipeline_name,
                "PipelineArn": self.pipeline_arn,
                "StartDateTime": _iso(self.created),
                "CurrentDateTime": _iso(time.time()),
            },
            self.properties,
            self.property_files,
        )

    def change(self, status: str, reason: str | None = None) -> None:
        """Sets a new status."""
        self.status, self.failure_reason, self.modified = status, reason, time.time()

    def describe(self) -> JsonObject:
        """Answers DescribePipelineExecution."""
        return present(
            PipelineArn=self.pipeline_arn,
            PipelineExecutionArn=self.arn,
            PipelineExecutionDisplayName=self.display_name,
            PipelineExecutionDescription=self.description,
            PipelineExecutionStatus=self.status,
            FailureReason=self.failure_reason,
            CreationTime=self.created,
            LastModifiedTime=self.modified,
            CreatedBy={},
            LastModifiedBy={},
        )

    def summary(self) -> JsonObject:
        """Answers one item of ListPipelineExecutions."""
        return present(
            PipelineExecutionArn=self.arn,
            StartTime=self.created,
            PipelineExecutionStatus=self.status,
            PipelineExecutionDescription=self.description,
            PipelineExecutionDisplayName=self.display_name,
            PipelineExecutionFailureReason=self.failure_reason,
        )

    def ready_steps(self) -> list[StepDefinition]:
        """Returns the steps that can start now.

        A step of a branch that was not taken never can, nor can a step that depends on it.
        """
        succeeded = {name for name, step in self.steps.items() if step.status == SUCCEEDED}
        return [
            step
            for step in self.definition.steps.values()
            if step.name not in self.steps
            and step.depends_on <= succeeded
            and (step.branch is None or self.outcomes.get(step.branch[0]) == step.branch[1])
        ]


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
