"""Whether the role that signed a request may make it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from local.permissions.calls.service_requests import service_request_calls
from local.permissions.calls.unknown import UnknownCall
from local.permissions.credentials import signing_role
from local.services.permissions.roles import AccessDenied, Roles

TAKEN_BY = "X-Streaming-ML-Taken-By"
"""Header with the AWS service that has assumed the role of a request."""

log = logging.getLogger(__name__)


class Callers:
    """Decides requests by the role that signed them."""

    def __init__(self, roles: Roles) -> None:
        """Asks the deployed policies."""
        self._roles = roles

    def authorize(
        self, request: web.Request, service: str, operation: str, parameters: Mapping[str, Any]
    ) -> None:
        """Allows a request, or raises.

        Args:
            request: Its headers name the role that signed it.
            service: IAM's name of the service.
            operation: Name of the operation.
            parameters: Of the request.

        Raises:
            AccessDenied: The role may not make it, or does not trust the service that assumed it.
        """
        role = signing_role(request.headers.get("Authorization", ""))
        place = self._roles.place
        if role is None or place is None:
            return
        taken_by = request.headers.get(TAKEN_BY)
        if taken_by is not None:
            self._roles.take(role, taken_by)
        try:
            calls = service_request_calls(service, operation, parameters, place)
        except UnknownCall as error:
            log.error("%s", error)
            raise AccessDenied(str(error)) from error
        self._roles.authorize(role, calls)
