"""Checks the Arguments of pipeline steps against AWS's own API models, read from standard input."""

from __future__ import annotations

import json
import sys
from typing import Any

import botocore.session
from botocore.validate import ParamValidator

#: Step type to service, operation and the members SageMaker Pipelines fills in by itself.
OPERATIONS = {
    "Training": ("sagemaker", "CreateTrainingJob", {"TrainingJobName": "name"}),
    "Processing": ("sagemaker", "CreateProcessingJob", {"ProcessingJobName": "name"}),
    "RegisterModel": ("sagemaker", "CreateModelPackage", {}),
}


def problems(step: dict[str, Any]) -> str:
    """What the API's model finds wrong with one step; empty when nothing is."""
    service, operation, filled = OPERATIONS[step["Type"]]
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(operation).input_shape
    report = ParamValidator().validate({**step["Arguments"], **filled}, shape)
    return report.generate_report() if report.has_errors() else ""


def main() -> None:
    steps = json.load(sys.stdin)
    json.dump({step["Name"]: problems(step) for step in steps}, sys.stdout)


if __name__ == "__main__":
    main()
