"""Options of the stand-in for Kinesis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

CONTROL_PATH = "/streaming-ml/emulator"
"""Path of the request that changes options at run time."""


@dataclass(frozen=True)
class Options:
    """How streams behave; in JSON the fields have the same names in camel case.

    Attributes:
        read_call_limits: Whether a shard answers only 5 GetRecords and 5 GetShardIterator a
            second, as in Kinesis.
        read_byte_limits: Whether a shard returns only 2 MiB a second, and nothing for 5 s after a
            page of 10 MiB.
        throttle_one_of: Every n-th GetRecords or GetShardIterator is throttled; with 0 none is.
    """

    read_call_limits: bool = True
    read_byte_limits: bool = False
    throttle_one_of: int = 0

    def changed(self, values: Mapping[str, Any]) -> Options:
        """Returns these options with some of other values.

        Args:
            values: By the names in JSON.

        Raises:
            ValueError: A name is unknown or a value has the wrong type; the message says which.
        """
        return replace(self, **{_field(name): _checked(name, values[name]) for name in values})

    def to_json(self) -> dict[str, Any]:
        """Returns every option by its name in JSON."""
        return {name: getattr(self, field) for name, field in _FIELDS.items()}


def camel_case(name: str) -> str:
    """Returns the name in JSON of a Python name: `throttleOneOf` for `throttle_one_of`."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


_FIELDS = {camel_case(field.name): field.name for field in fields(Options)}


def _field(name: str) -> str:
    if name not in _FIELDS:
        raise ValueError(
            f"The emulator has no option {name!r}. Expected one of {', '.join(sorted(_FIELDS))}."
        )
    return _FIELDS[name]


def _checked(name: str, value: Any) -> Any:
    if isinstance(getattr(Options(), _field(name)), bool):
        if not isinstance(value, bool):
            raise ValueError(f"Option {name} must be true or false. Received: {value!r}.")
    elif isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(
            f"Option {name} must be a whole number of at least 0. Received: {value!r}."
        )
    return value
