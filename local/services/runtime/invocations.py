"""SageMaker Runtime: ``POST /endpoints/{name}/invocations``."""

from __future__ import annotations

import io
import logging
import uuid

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from local.services.permissions.callers import Callers
from local.services.permissions.roles import AccessDenied
from local.services.protocol.errors import AwsError
from local.services.runtime.captured_record import Payload
from local.services.runtime.data_capture import DataCapture
from local.services.sagemaker.endpoint import CREATING, Endpoint
from local.services.sagemaker.endpoints import Endpoints
from local.services.sagemaker.fleet import Variant
from local.services.sagemaker.model_server import ModelServer
from local.services.settings import Settings

PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024
SERVERLESS_PAYLOAD_LIMIT_BYTES = 4 * 1024 * 1024
MODEL_TIMEOUT = ClientTimeout(total=60)
LONGEST_ORIGINAL_MESSAGE = 1024
LARGE_BYTES = 64 * 1024

VARIANT_HEADER = "x-Amzn-Invoked-Production-Variant"
_FORWARDED = ("Content-Type", "Accept", "X-Amzn-SageMaker-Custom-Attributes")

log = logging.getLogger(__name__)


class Invocations:
    """Passes invocations on to the current servers of an endpoint."""

    def __init__(
        self,
        settings: Settings,
        endpoints: Endpoints,
        session: ClientSession,
        capture: DataCapture,
    ) -> None:
        """Takes an HTTP session, which keeps connections to the servers open."""
        self._capture = capture
        self._callers = Callers(settings.roles)
        self._account = settings.account_id
        self._endpoints = endpoints
        self._session = session

    async def handle(self, request: web.Request) -> web.Response:
        """Answers one invocation, errors included."""
        try:
            return await self._invoke(request)
        except web.HTTPRequestEntityTooLarge:
            return _error(_too_large(PAYLOAD_LIMIT_BYTES))
        except AccessDenied as error:
            # SageMaker Runtime has another status for it than SageMaker.
            return _error(AwsError(error.code, error.message, 403))
        except AwsError as error:
            return _error(error)

    async def _invoke(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self._callers.authorize(request, "sagemaker", "InvokeEndpoint", {"EndpointName": name})
        endpoint = self._endpoints.find(name)
        if endpoint is None or endpoint.status == CREATING:
            raise AwsError(
                "ValidationError", f"Endpoint {name} of account {self._account} not found."
            )
        body = await request.read()
        variant, server = self._pick(
            endpoint, request.headers.get("X-Amzn-SageMaker-Target-Variant")
        )
        if "ServerlessConfig" in variant.config and len(body) > SERVERLESS_PAYLOAD_LIMIT_BYTES:
            raise _too_large(SERVERLESS_PAYLOAD_LIMIT_BYTES)
        headers = {key: request.headers[key] for key in _FORWARDED if key in request.headers}
        try:
            return await self._pass_on(name, server, variant, headers, body)
        except (ClientError, TimeoutError) as error:
            # The server may have closed an idle connection, or have just been replaced. Predictions
            # have no side effects, so the request can be sent again.
            log.info("Endpoint %s: %r; trying once more.", name, error)
        variant, server = self._pick(endpoint, None)
        try:
            return await self._pass_on(name, server, variant, headers, body)
        except (ClientError, TimeoutError) as error:
            raise _model_error(0, f"{type(error).__name__}: {error}") from error

    def _pick(self, endpoint: Endpoint, target: str | None) -> tuple[Variant, ModelServer]:
        picked = endpoint.pick(target)
        if picked is not None:
            return picked
        if target is not None:
            raise AwsError("ValidationError", f"Variant {target} not found for Request.")
        raise AwsError(
            "ServiceUnavailable",
            f"Endpoint {endpoint.name} is {endpoint.status} and no instance is available.",
            503,
        )

    async def _pass_on(
        self,
        endpoint: str,
        server: ModelServer,
        variant: Variant,
        headers: dict[str, str],
        body: bytes,
    ) -> web.Response:
        server.in_flight += 1
        try:
            async with self._session.post(
                f"{server.url}/invocations",
                data=_payload(body),
                headers=headers,
                timeout=MODEL_TIMEOUT,
            ) as response:
                answer = await response.read()
                if response.status >= 400:
                    raise _model_error(response.status, answer.decode(errors="replace"))
                kind = response.headers.get("Content-Type", "application/json")
                if variant.capture is not None:
                    self._capture.offer(
                        variant.capture,
                        endpoint,
                        variant.name,
                        Payload(headers.get("Content-Type", ""), body),
                        Payload(kind, answer),
                        variant.container.role,
                    )
                return web.Response(
                    body=answer,
                    headers={
                        "Content-Type": kind,
                        VARIANT_HEADER: variant.name,
                        "x-amzn-RequestId": str(uuid.uuid4()),
                    },
                )
        finally:
            server.in_flight -= 1


def _payload(body: bytes) -> bytes | io.BytesIO:
    # aiohttp writes bytes at once, which would delay all other invocations.
    return io.BytesIO(body) if len(body) > LARGE_BYTES else body


def _too_large(limit: int) -> AwsError:
    return AwsError("RequestEntityTooLarge", f"HTTP content length exceeded {limit} bytes.", 413)


def _model_error(status: int, message: str) -> AwsError:
    original = message[:LONGEST_ORIGINAL_MESSAGE]
    kind = "client" if 400 <= status < 500 else "server"
    return AwsError(
        "ModelError",
        f'Received {kind} error ({status}) from primary with message "{original}". '
        "The endpoint's logs are in the run's folder.",
        424,
        {"OriginalStatusCode": status or 500, "OriginalMessage": original, "LogStreamArn": ""},
    )


def _error(error: AwsError) -> web.Response:
    return web.json_response(
        {
            "ErrorCode": error.code,
            "Message": error.message,
            "message": error.message,
            **error.members,
        },
        status=error.status,
        headers={"x-amzn-ErrorType": error.code, "x-amzn-RequestId": str(uuid.uuid4())},
    )
