"""Decides whether a request may be passed on to the S3 server."""

from __future__ import annotations

import logging

from local.object_storage.gate.framing import Head
from local.permissions.authorizer import Authorizer
from local.permissions.calls.s3 import (
    S3Request,
    bucket_arn,
    call_that_tells_absence,
    calls_of,
    deletions_of,
)
from local.permissions.calls.unknown import UnknownCall
from local.permissions.credentials import ADMINISTRATOR, access_key_of, signing_role

log = logging.getLogger(__name__)


class Guard:
    """Decides requests by the deployed policies."""

    def __init__(self, authorizer: Authorizer) -> None:
        """Takes the policies of one run."""
        self._authorizer = authorizer

    def role(self, head: Head) -> str | None:
        """Returns the name of the role that signed a request; None for the administrator."""
        return signing_role(head.headers.get("authorization", ""))

    def as_administrator(self, head: Head, role: str) -> bytes:
        """Returns the head with the one access key that the S3 server knows."""
        signed = f"Credential={access_key_of(role)}/".encode()
        return head.raw.replace(signed, f"Credential={ADMINISTRATOR}/".encode(), 1)

    def refusal(self, role: str, request: S3Request) -> str | None:
        """Returns why a role may not make a request; None if it may."""
        keys = self._authorizer.encryption
        try:
            calls = list(calls_of(request, self._authorizer.place, keys))
        except UnknownCall as error:
            log.error("%s", error)
            return str(error)
        return self._logged(self._authorizer.refusal(role, calls))

    def undeletable(self, role: str, request: S3Request, body: bytes) -> list[tuple[str, str]]:
        """Returns the keys that a role may not delete, with the reasons."""
        start = len(bucket_arn(request.bucket)) + 1
        found = []
        for call in deletions_of(request, body):
            message = self._logged(self._authorizer.refusal(role, [call]))
            if message is not None:
                found.append((call.resource[start:], message))
        return found

    def refusal_to_tell_absence(self, role: str, request: S3Request) -> str | None:
        """Returns why a role is not told that an object does not exist; None if it is."""
        return self._logged(self._authorizer.refusal(role, [call_that_tells_absence(request)]))

    def _logged(self, message: str | None) -> str | None:
        if message is not None:
            log.warning("%s", message)
        return message
