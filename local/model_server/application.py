"""The HTTP routes of a SageMaker container: `/ping` and `/invocations`."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from local.model_server.batcher import Batcher
from local.model_server.errors import ServingError, invalid_argument
from local.model_server.predict_request import parse_predict_request
from local.model_server.predict_response import format_predict_response
from local.model_server.signature import Signature

#: Largest request body in bytes. SageMaker passes on at most 6 MiB.
MAX_BODY_BYTES = 16 * 1024 * 1024

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServedModel:
    """What the routes need to know of the model.

    Attributes:
        signatures: What it takes and returns.
        batcher: Where requests go.
    """

    signatures: Mapping[str, Signature]
    batcher: Batcher


def build_application(model: ServedModel) -> web.Application:
    """Builds the application; its model is loaded."""
    application = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_errors_as_json])

    async def ping(_request: web.Request) -> web.Response:
        return web.Response()

    async def invocations(request: web.Request) -> web.Response:
        if request.content_type not in ("application/json", "application/octet-stream"):
            # aiohttp reports a missing Content-Type as application/octet-stream.
            raise ServingError(415, f"Unsupported Content-Type: {request.content_type}")
        parsed = parse_predict_request(await request.read(), model.signatures)
        outputs = await model.batcher.predict(parsed.signature, parsed.inputs)
        body = format_predict_response(outputs, parsed.row)
        return web.Response(body=body, content_type="application/json")

    application.router.add_get("/ping", ping)
    application.router.add_post("/invocations", invocations)
    return application


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ServingError as error:
        return _error_response(error)
    except web.HTTPRequestEntityTooLarge:
        return _error_response(ServingError(413, f"The body exceeds {MAX_BODY_BYTES} bytes."))
    except web.HTTPException:
        return _error_response(
            invalid_argument(f"Malformed request: {request.method} {request.path}")
        )
    except Exception:
        _LOGGER.exception("%s %s failed", request.method, request.path)
        return _error_response(ServingError(500, "The model server failed; its log says why."))


def _error_response(error: ServingError) -> web.Response:
    text = json.dumps({"error": error.message}, ensure_ascii=False)
    return web.Response(status=error.status, text=text, content_type="application/json")
