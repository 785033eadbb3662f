"""The one error whose message is sent to the caller."""

from __future__ import annotations


class ServingError(Exception):
    """A request that cannot be answered, with the HTTP status TensorFlow Serving gives it.

    Attributes:
        status: HTTP status code, 400 to 599.
        message: What was wrong. It becomes `{"error": message}`.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def invalid_argument(message: str) -> ServingError:
    """The request itself is wrong (INVALID_ARGUMENT, 400)."""
    return ServingError(400, message)


def failed_precondition(message: str) -> ServingError:
    """The request cannot be answered as the server is set up (FAILED_PRECONDITION, 400)."""
    return ServingError(400, message)


def unavailable(message: str) -> ServingError:
    """The server cannot take this request now; a later one may succeed (UNAVAILABLE, 503)."""
    return ServingError(503, message)
