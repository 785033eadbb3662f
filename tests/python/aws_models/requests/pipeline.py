"""Steps of a SageMaker pipeline's definition as the API calls that the service makes of them.

Which members SageMaker fills in by itself, and what a `Steps.` reference may name (the answer of
the step's own Describe call), is from the developer guide, "Pipeline steps".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from local.services.protocol.request_validation import load_service_model
from tests.python.aws_models.requests.inputs import Request

# Stands for values that exist once a pipeline runs.
_SAMPLE = "abcdefghij12"
_SAMPLE_URI = f"s3://bucket/{_SAMPLE}"
_SAMPLE_ARN = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/pipeline"

# Operation by step type, and the member SageMaker sets itself.
_OPERATIONS = {
    "Training": ("CreateTrainingJob", {"TrainingJobName": _SAMPLE}),
    "Processing": ("CreateProcessingJob", {"ProcessingJobName": _SAMPLE}),
    "RegisterModel": ("CreateModelPackage", {}),
}

_DESCRIPTIONS = {
    "Training": "DescribeTrainingJob",
    "Processing": "DescribeProcessingJob",
    "RegisterModel": "DescribeModelPackage",
}

# What `Execution.` knows (developer guide, "Execution variables").
_EXECUTION = {
    "PipelineExecutionId": _SAMPLE,
    "PipelineExecutionArn": f"{_SAMPLE_ARN}/execution/{_SAMPLE}",
    "PipelineName": "pipeline",
    "PipelineArn": _SAMPLE_ARN,
    "StartDateTime": "2026-01-01T00:00:00Z",
    "CurrentDateTime": "2026-01-01T00:00:00Z",
}

# Steps that make no call: they decide, or end the execution.
_WITHOUT_CALL = ("Condition", "Fail")


@dataclass(frozen=True)
class Definition:
    """A pipeline's definition.

    Attributes:
        parameters: Defaults by name.
        steps: Every step, those behind conditions included, by name.
    """

    parameters: dict[str, Any]
    steps: dict[str, dict[str, Any]]

    @classmethod
    def parse(cls, text: str) -> Definition:
        """Reads the definition as CreatePipeline gets it."""
        document = json.loads(text)
        return cls(
            {one["Name"]: one["DefaultValue"] for one in document["Parameters"]},
            {step["Name"]: step for step in _all_steps(document["Steps"])},
        )

    def requests(self) -> Iterator[tuple[str, Request]]:
        """Yields the call of each step, with sample values in the place of expressions.

        Raises:
            ValueError: An expression refers to nothing, or a step type is not known.
        """
        for name, step in self.steps.items():
            arguments = self.resolve(step["Arguments"]) if step["Type"] != "Condition" else {}
            if step["Type"] in _OPERATIONS:
                operation, own = _OPERATIONS[step["Type"]]
                yield name, Request("sagemaker", operation, {**own, **arguments})
            elif step["Type"] == "EMR":
                configuration = {"Name": name, **arguments["StepConfig"]}
                parameters = {"JobFlowId": arguments["ClusterId"], "Steps": [configuration]}
                yield name, Request("emr", "AddJobFlowSteps", parameters)
            elif step["Type"] not in _WITHOUT_CALL:
                raise ValueError(f'The step "{name}" has the unknown type "{step["Type"]}".')

    def resolve(self, value: Any) -> Any:
        """Puts sample values in the place of expressions."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Get"}:
            return self._reference(value["Get"])
        if set(value) == {"Std:Join"}:
            join = value["Std:Join"]
            return join["On"].join(str(self.resolve(item)) for item in join["Values"])
        if set(value) == {"Std:JsonGet"}:
            self._reference(value["Std:JsonGet"]["PropertyFile"]["Get"])
            return 0.75
        return {key: self.resolve(item) for key, item in value.items()}

    def _reference(self, path: str) -> Any:
        root, _, rest = path.partition(".")
        if root == "Parameters" and rest in self.parameters:
            return self.parameters[rest]
        if root == "Execution" and rest in _EXECUTION:
            return _EXECUTION[rest]
        if root == "Steps":
            name, _, member = rest.partition(".")
            if name in self.steps and _answers(self.steps[name], member):
                return _SAMPLE_URI
        raise ValueError(f'The expression "{path}" refers to nothing.')


def _all_steps(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in steps:
        yield step
        for branch in ("IfSteps", "ElseSteps"):
            yield from _all_steps(step.get("Arguments", {}).get(branch, []))


def _answers(step: dict[str, Any], path: str) -> bool:
    """Whether a step has such a property: one of its files, or a member of its description."""
    kind, _, file = path.partition(".")
    if kind == "PropertyFiles":
        return any(one["PropertyFileName"] == file for one in step.get("PropertyFiles", []))
    operation = _DESCRIPTIONS.get(step["Type"])
    if operation is None:
        return False
    shape: Shape | None = load_service_model("sagemaker").operation_model(operation).output_shape
    for part in re.findall(r"\w+|\['[^']+'\]|\[\d+\]", path):
        if isinstance(shape, StructureShape):
            shape = shape.members.get(part)
        elif isinstance(shape, ListShape):
            shape = shape.member
        elif isinstance(shape, MapShape):
            shape = shape.value
        else:
            shape = None
    return shape is not None
