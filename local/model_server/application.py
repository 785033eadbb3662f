"""The HTTP routes: TensorFlow Serving's REST API and SageMaker's container contract."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from local.model_server.batcher import Batcher
from local.model_server.errors import ServingError, invalid_argument, not_found
from local.model_server.predict_request import parse_predict_request
from local.model_server.predict_response import format_predict_response
from local.model_server.signature import Signature, metadata_body

#: Largest request body in bytes. SageMaker passes at most 6 MiB on; the rest is headroom.
MAX_BODY_BYTES = 16 * 1024 * 1024

_LOGGER = logging.getLogger(__name__)
_MODEL = "/v1/models/{name:[^/:]+}"
_VERSION = "/versions/{version:[0-9]+}"


@dataclass(frozen=True)
class ServedModel:
    """What the routes need to know of the model.

    Attributes:
        name: Name in `/v1/models/{name}`.
        version: The one version served.
        signatures: What it takes and returns.
        batcher: Where requests go.
    """

    name: str
    version: int
    signatures: Mapping[str, Signature]
    batcher: Batcher


def build_application(model: ServedModel) -> web.Application:
    """Builds the application; it is ready the moment it listens."""
    application = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_errors_as_json])
    routes = _Routes(model)
    router = application.router
    for path in (_MODEL, _MODEL + _VERSION):
        router.add_post(path + ":predict", routes.predict)
        router.add_post(path + ":{method:classify|regress}", routes.unimplemented)
        router.add_get(path, routes.status)
        router.add_get(path + "/metadata", routes.metadata)
    router.add_get("/ping", routes.ping)
    router.add_post("/invocations", routes.invocations)
    return application


class _Routes:
    def __init__(self, model: ServedModel) -> None:
        self._model = model
        self._metadata = metadata_body(model.name, model.version, model.signatures)

    async def predict(self, request: web.Request) -> web.Response:
        self._require_model(request)
        return await self._answer(request)

    async def invocations(self, request: web.Request) -> web.Response:
        if request.content_type not in ("application/json", "application/octet-stream"):
            # aiohttp reports a missing Content-Type as application/octet-stream.
            raise ServingError(415, f"Unsupported Content-Type: {request.content_type}")
        return await self._answer(request)

    async def ping(self, _request: web.Request) -> web.Response:
        return web.Response()

    async def status(self, request: web.Request) -> web.Response:
        name, version = request.match_info["name"], request.match_info.get("version")
        if name != self._model.name:
            raise not_found(f"Could not find any versions of model {name}")
        if version is not None and int(version) != self._model.version:
            raise not_found(f"Could not find version {version} of model {name}")
        state = {
            "version": str(self._model.version),
            "state": "AVAILABLE",
            "status": {"error_code": "OK", "error_message": ""},
        }
        return _json_response(200, {"model_version_status": [state]})

    async def metadata(self, request: web.Request) -> web.Response:
        self._require_model(request)
        return _json_response(200, self._metadata)

    async def unimplemented(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        raise ServingError(501, f"The method {method} is not implemented here; use predict.")

    def _require_model(self, request: web.Request) -> None:
        name, version = request.match_info["name"], request.match_info.get("version")
        if name == self._model.name and version in (None, str(self._model.version)):
            return
        asked = f"Latest({name})" if version is None else f"Specific({name}, {version})"
        raise not_found(f"Servable not found for request: {asked}")

    async def _answer(self, request: web.Request) -> web.Response:
        parsed = parse_predict_request(await request.read(), self._model.signatures)
        outputs = await self._model.batcher.predict(parsed.signature, parsed.inputs)
        body = format_predict_response(outputs, parsed.row)
        return web.Response(body=body, content_type="application/json")


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
    return _json_response(error.status, {"error": error.message})


def _json_response(status: int, body: Mapping[str, Any]) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(status=status, text=text, content_type="application/json")
