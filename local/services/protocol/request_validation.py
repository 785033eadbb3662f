"""Checks requests against AWS's own service models, which botocore contains."""

from __future__ import annotations

import functools
from typing import Any

import botocore.session
from botocore.model import ServiceModel, Shape
from botocore.validate import ParamValidator

from local.services.protocol.constraints import violations
from local.services.protocol.errors import ValidationError


@functools.cache
def load_service_model(service: str) -> ServiceModel:
    """Loads the model of a service by botocore's name, for example ``sagemaker``."""
    return botocore.session.get_session().get_service_model(service)


def validate_input(parameters: Any, model: ServiceModel, operation: str) -> None:
    """Refuses parameters that violate the input shape of the operation.

    Raises:
        ValidationError: All problems in one message, in AWS's words.
    """
    problems = input_problems(parameters, model.operation_model(operation).input_shape)
    if problems:
        noun = "error" if len(problems) == 1 else "errors"
        raise ValidationError(f"{len(problems)} validation {noun} detected: {'; '.join(problems)}")


def input_problems(parameters: Any, shape: Shape | None) -> list[str]:
    """Lists what is wrong with the parameters; without an input shape nothing is."""
    if shape is None:
        return []
    if not isinstance(parameters, dict):
        return [f"the request must be a JSON object, received {type(parameters).__name__}"]
    report = ParamValidator().validate(parameters, shape)
    structural = report.generate_report().splitlines() if report.has_errors() else []
    return [*structural, *violations(parameters, shape, "")]
