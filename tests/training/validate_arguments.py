"""Checks the Arguments of pipeline steps against AWS's own API models, read from standard input."""

from __future__ import annotations

import json
import sys
from typing import Any

from local.services.protocol.request_validation import input_problems, load_service_model

#: Step type to service, operation and the members SageMaker Pipelines fills in by itself.
OPERATIONS = {
    "Training": ("sagemaker", "CreateTrainingJob", {"TrainingJobName": "name"}),
    "Processing": ("sagemaker", "CreateProcessingJob", {"ProcessingJobName": "name"}),
    "RegisterModel": ("sagemaker", "CreateModelPackage", {}),
}


def problems(step: dict[str, Any]) -> str:
    """What the API's model finds wrong with one step; empty when nothing is."""
    service, operation, filled = OPERATIONS[step["Type"]]
    shape = load_service_model(service).operation_model(operation).input_shape
    return "\n".join(input_problems({**step["Arguments"], **filled}, shape))


def main() -> None:
    steps = json.load(sys.stdin)
    json.dump({step["Name"]: problems(step) for step in steps}, sys.stdout)


if __name__ == "__main__":
    main()
