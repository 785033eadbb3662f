"""The one error whose message is sent to the caller."""

from __future__ import annotations


class ServingError(Exception):
    """An error with the HTTP status that it has in TensorFlow Serving.

    Attributes:
        status: HTTP status code, 400 to 599.
        message: In the response as `{"error": message}`.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def invalid_argument(message: str) -> ServingError:
    """The request is not valid (INVALID_ARGUMENT, 400)."""
    return ServingError(400, message)


def failed_precondition(message: str) -> ServingError:
    """The server is not set up for the request (FAILED_PRECONDITION, 400)."""
    return ServingError(400, message)


def unavailable(message: str) -> ServingError:
    """The server has no room for the request; a later one may succeed (UNAVAILABLE, 503)."""
    return ServingError(503, message)
