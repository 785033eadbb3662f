"""Errors of AWS's APIs."""

from __future__ import annotations

from collections.abc import Mapping


class AwsError(Exception):
    """An error that the caller gets as AWS's error of the same code.

    Attributes:
        code: Name of the modelled exception, for example ``ValidationException``.
        message: One or more sentences.
        status: HTTP status, 400 unless AWS uses another.
        members: Further members of the modelled exception.
    """

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 400,
        members: Mapping[str, object] | None = None,
    ) -> None:
        """Takes the parts of the error body."""
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.members = dict(members or {})


class ValidationError(AwsError):
    """A request with values that are not allowed."""

    def __init__(self, message: str) -> None:
        """Takes the message."""
        super().__init__("ValidationException", message)


class ResourceNotFound(AwsError):
    """The named resource does not exist, for operations with an error of their own for that."""

    def __init__(self, message: str) -> None:
        """Takes the message, which names the resource."""
        super().__init__("ResourceNotFound", message)
