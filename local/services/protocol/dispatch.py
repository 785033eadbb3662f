"""AWS JSON 1.1 over HTTP: finds the handler for an ``X-Amz-Target``."""

from __future__ import annotations

import json
import logging
import uuid
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from botocore.model import ServiceModel

from local.services.permissions.callers import Callers
from local.services.protocol.errors import AwsError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.protocol.request_validation import load_service_model, validate_input

CONTENT_TYPE = "application/x-amz-json-1.1"

_IAM_NAMES = {"emr": "elasticmapreduce", "sagemaker": "sagemaker"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Service:
    model: ServiceModel
    handlers: Handlers


class JsonDispatcher:
    """Answers ``POST /`` for every service that was added to it."""

    def __init__(self, callers: Callers) -> None:
        """Starts without any service.

        Args:
            callers: Decides whether a request is allowed.
        """
        self._callers = callers
        self._services: dict[str, _Service] = {}

    def add_service(self, name: str, handlers: Handlers) -> None:
        """Serves the operations of a service.

        Args:
            name: botocore's name of the service; its model holds the target prefix.
            handlers: Handlers by operation name.

        Raises:
            ValueError: A handler's name is not an operation of the service.
        """
        model = load_service_model(name)
        unknown = sorted(set(handlers) - set(model.operation_names))
        if unknown:
            raise ValueError(f"{name} has no operation {', '.join(unknown)}.")
        self._services[model.metadata["targetPrefix"]] = _Service(model, handlers)

    async def handle(self, request: web.Request) -> web.Response:
        """Answers one request, errors included."""
        target = request.headers.get("X-Amz-Target", "")
        try:
            return _response(200, await self._call(target, request))
        except AwsError as error:
            log.info("%s refused: %s", target or "request", error)
            return error_response(error)
        except web.HTTPException:
            raise
        except Exception:
            log.exception("%s failed in the stand-in", target)
            return error_response(
                AwsError("InternalFailure", "The stand-in failed; its log says why.", 500)
            )

    async def _call(self, target: str, request: web.Request) -> JsonObject:
        prefix, _, operation = target.partition(".")
        service = self._services.get(prefix)
        if service is None or operation not in service.handlers:
            raise _unknown_operation(target, service)
        parameters = _parse(await request.read())
        validate_input(parameters, service.model, operation)
        self._callers.authorize(
            request, _IAM_NAMES[service.model.service_name], operation, parameters
        )
        return await service.handlers[operation](parameters)


def error_response(error: AwsError) -> web.Response:
    """Builds a response from which every AWS SDK reads code and message."""
    body = {"__type": error.code, "message": error.message, **error.members}
    return _response(error.status, body, {"x-amzn-ErrorType": error.code})


def _response(status: int, body: JsonObject, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body).encode(),
        content_type=CONTENT_TYPE,
        headers={"x-amzn-RequestId": str(uuid.uuid4()), **(headers or {})},
    )


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except ValueError as error:
        raise AwsError("SerializationException", f"The request is not JSON: {error}.") from error


def _unknown_operation(target: str, service: _Service | None) -> AwsError:
    operation = target.partition(".")[2]
    if service is not None and operation in service.model.operation_names:
        reason = "AWS has this operation, the stand-in does not"
    else:
        reason = "there is no such operation"
    log.warning("Unknown operation %r: %s.", target, reason)
    return AwsError("UnknownOperationException", f"{target or 'No X-Amz-Target'}: {reason}.")
