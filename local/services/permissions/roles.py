"""Roles that services assume, and what these may do."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from local.permissions.authorizer import Authorizer
from local.permissions.calls.call import Call
from local.permissions.credentials import environment_of
from local.permissions.place import Place
from local.services.protocol.errors import AwsError

log = logging.getLogger(__name__)


class AccessDenied(AwsError):
    """A role does not have a permission that a service needs to act for it."""

    def __init__(self, message: str) -> None:
        """Takes the message, which names role, action and resource."""
        super().__init__("AccessDeniedException", message)


class Roles:
    """The deployed roles. Outside of a run with roles everything is allowed."""

    def __init__(self, authorizer: Authorizer | None) -> None:
        """Asks the deployed policies."""
        self._authorizer = authorizer

    @property
    def place(self) -> Place | None:
        """Account and region of ARNs; None outside of a run with roles."""
        return None if self._authorizer is None else self._authorizer.place

    @property
    def encryption(self) -> Mapping[str, str]:
        """ARNs of customer keys by ARN of what they encrypt."""
        return {} if self._authorizer is None else self._authorizer.encryption

    def take(self, role: str, service: str) -> None:
        """Lets a service assume a role, by name or ARN.

        Raises:
            AccessDenied: The role does not trust the service.
        """
        if self._authorizer is not None:
            self._raise(self._authorizer.refusal_to_take(role, service))

    def authorize(self, role: str | None, calls: Iterable[Call]) -> None:
        """Allows calls of a role, or raises.

        Args:
            role: By name or ARN; None is the administrator, who may do everything.
            calls: All of them have to be allowed.

        Raises:
            AccessDenied: One of them is not allowed.
        """
        if self._authorizer is not None and role is not None:
            self._raise(self._authorizer.refusal(_name(role), calls))

    def of_profile(self, name_or_arn: str | None) -> str | None:
        """Returns the name of an instance profile's role.

        Raises:
            AccessDenied: There is no such profile.
        """
        if self._authorizer is None or name_or_arn is None:
            return None
        role = self._authorizer.store.now().role_of_profile(name_or_arn)
        if role is None:
            raise AccessDenied(f"There is no instance profile {name_or_arn}.")
        return role

    def environment(self, role: str | None) -> Mapping[str, str]:
        """Returns the variables by which a process acts as a role, by name or ARN."""
        return {} if self._authorizer is None or role is None else environment_of(_name(role))

    def _raise(self, refusal: str | None) -> None:
        if refusal is not None:
            log.warning("%s", refusal)
            raise AccessDenied(refusal)


def _name(role: str) -> str:
    return role.rsplit("/", 1)[-1]
