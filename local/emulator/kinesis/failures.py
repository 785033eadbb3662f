"""Errors of Kinesis, in its own words where these are known."""

from __future__ import annotations


class KinesisError(Exception):
    """An error that the client gets.

    Args:
        code: Kinesis's name of the error, for example `InvalidArgumentException`.
        message: Its message.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid_argument(message: str) -> KinesisError:
    """An argument of the request is not valid."""
    return KinesisError("InvalidArgumentException", message)


def not_found(message: str) -> KinesisError:
    """A stream or a shard does not exist, or no longer exists."""
    return KinesisError("ResourceNotFoundException", message)


def invalid_value(value: object, name: str, constraint: str) -> KinesisError:
    """A value breaks the constraint that the API reference states for it."""
    return KinesisError(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: "
        f"Member must {constraint}",
    )


def too_many(message: str) -> KinesisError:
    """A shard answers only so many calls and bytes a second."""
    return KinesisError("ProvisionedThroughputExceededException", message)
