"""Every resource type and the calls it stands for."""

from __future__ import annotations

from typing import Any

from botocore.model import Shape

from local.services.protocol.request_validation import input_problems, load_service_model
from tests.python.aws_models.requests import (
    access,
    cluster,
    gateway,
    lake,
    learning,
    network,
    observability,
    stream,
)
from tests.python.aws_models.requests.inputs import Inputs, Request, Resolver

RESOLVERS: dict[str, Resolver] = {
    **network.resolvers,
    **stream.resolvers,
    **lake.resolvers,
    **access.resolvers,
    **cluster.resolvers,
    **learning.resolvers,
    **gateway.resolvers,
    **observability.resolvers,
}

# Components, what the engine keeps for itself, and state of ours alone: they make no call.
NO_CALLS = (
    "streaming-ml:",
    "awsx:",
    "pulumi:",
    "pulumi-nodejs:dynamic/workload:DeployedContract",
)


def requests_of(type_token: str, inputs: dict[str, Any]) -> tuple[list[Request], list[str]]:
    """Returns the calls a resource stands for, and the inputs no call took.

    Raises:
        KeyError: Nobody has said which calls the type stands for.
    """
    if type_token not in RESOLVERS:
        raise KeyError(
            f'No call is known for the resource type "{type_token}". Add it in '
            "tests/python/aws_models/requests, in the file of its room."
        )
    read = Inputs(inputs)
    requests = list(RESOLVERS[type_token](read))
    return requests, read.unread


def shape_of(request: Request) -> Shape | None:
    """Returns the shape the parameters of a request must fit."""
    model = load_service_model(request.service)
    if request.shape in model.operation_names:
        return model.operation_model(request.shape).input_shape
    return model.shape_for(request.shape)


def problems(request: Request) -> list[str]:
    """Lists what AWS's own model finds wrong with a request."""
    return input_problems(request.parameters, shape_of(request))
