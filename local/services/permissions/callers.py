"""Who makes a request to the services, and whether they may."""

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
"""Header in which one of AWS's services says that it acts with a role that it has taken."""

log = logging.getLogger(__name__)


class Callers:
    """Decides requests by who signed them."""

    def __init__(self, roles: Roles) -> None:
        """Asks the deployed policies."""
        self._roles = roles

    def authorize(
        self, request: web.Request, service: str, operation: str, parameters: Mapping[str, Any]
    ) -> None:
        """Lets a request pass.

        Args:
            request: Who signed it stands in its headers.
            service: As IAM names it.
            operation: Name of the operation.
            parameters: Of the request.

        Raises:
            AccessDenied: Its role may not make it, or does not trust the service that took it.
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
