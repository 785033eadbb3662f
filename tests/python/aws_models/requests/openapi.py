"""API Gateway's extensions of an OpenAPI document as the API calls that an import makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.requests.inputs import Request, request

# Operations of a path item (OpenAPI 3.0); its other members are no methods.
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

# Integration types as a document spells them, and as the API does.
_TYPES = {
    "aws": "AWS",
    "aws_proxy": "AWS_PROXY",
    "http": "HTTP",
    "http_proxy": "HTTP_PROXY",
    "mock": "MOCK",
}

_OF = {"restApiId": "abcdefghij", "resourceId": "abcdef"}


def document_requests(document: dict[str, Any]) -> Iterator[tuple[str, Request]]:
    """Yields what the import of a document creates, each with its place in the document."""
    for name, validator in document.get("x-amazon-apigateway-request-validators", {}).items():
        yield (
            f"validator {name}",
            request(
                "apigateway",
                "CreateRequestValidator",
                restApiId=_OF["restApiId"],
                name=name,
                **validator,
            ),
        )
    for kind, response in document.get("x-amazon-apigateway-gateway-responses", {}).items():
        yield (
            f"gateway response {kind}",
            request(
                "apigateway",
                "PutGatewayResponse",
                restApiId=_OF["restApiId"],
                responseType=kind,
                **response,
            ),
        )
    for path, item in document["paths"].items():
        for method in (name for name in item if name in _METHODS):
            for shape, parameters in _operation(item[method], method.upper()):
                yield f"{method} {path}", request("apigateway", shape, **_OF, **parameters)


def _operation(operation: dict[str, Any], method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    integration = dict(operation["x-amazon-apigateway-integration"])
    responses = integration.pop("responses")
    kind = integration.pop("type")
    backend_method = integration.pop("httpMethod", None)
    yield (
        "PutIntegration",
        {
            "httpMethod": method,
            "type": _TYPES.get(kind, kind),
            "integrationHttpMethod": backend_method,
            **integration,
        },
    )
    for pattern, response in responses.items():
        selection = None if pattern == "default" else pattern
        yield (
            "PutIntegrationResponse",
            {"httpMethod": method, "selectionPattern": selection, **response},
        )
    for status, response in operation["responses"].items():
        headers = {f"method.response.header.{name}": False for name in response.get("headers", {})}
        yield (
            "PutMethodResponse",
            {"httpMethod": method, "statusCode": status, "responseParameters": headers},
        )
