"""Inputs of one planned resource, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Tags = Mapping[str, str]


@dataclass(frozen=True)
class Request:
    """What would be sent to AWS.

    Attributes:
        service: Botocore's name of the service.
        shape: Name of the operation, or of a structure where the call itself carries patches.
        parameters: The parameters; members whose value is None are not sent.
    """

    service: str
    shape: str
    parameters: dict[str, Any]


class Inputs:
    """The inputs of one resource. It remembers which were read, so that none can be forgotten."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Takes the inputs under Pulumi's names."""
        self._values = values
        self._read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        """Returns an input, None where the program sets none."""
        self._read.add(name)
        return self._values.get(name)

    def only_the_provider_reads(self, *names: str) -> None:
        """Says which inputs never reach a call that creates the resource."""
        self._read.update(names)

    @property
    def tags(self) -> dict[str, str]:
        """The tags, the provider's defaults included."""
        return dict(self["tags"] or {})

    @property
    def tag_list(self) -> list[dict[str, str]]:
        """The tags as most services take them."""
        return [{"Key": key, "Value": value} for key, value in self.tags.items()]

    @property
    def unread(self) -> list[str]:
        """Names nobody has asked for."""
        return sorted(name for name in self._values if name not in self._read)


# Turns the inputs of a resource into the calls it stands for.
Resolver = Callable[[Inputs], Iterable[Request]]


def api(value: Any, **renamed: str) -> Any:
    """Writes Pulumi's names as AWS does, at every depth: with a capital, or as `renamed` says.

    Args:
        value: An object, a list of them, or a plain value.
        **renamed: AWS's name by Pulumi's, where it is not the same name with a capital.
    """
    if isinstance(value, Mapping):
        return {
            renamed.get(key, key[:1].upper() + key[1:]): api(item, **renamed)
            for key, item in value.items()
            if item is not None
        }
    if isinstance(value, list):
        return [api(item, **renamed) for item in value]
    return value


def known(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Leaves out what is None."""
    return {name: value for name, value in parameters.items() if value is not None}


def request(service: str, shape: str, **parameters: Any) -> Request:
    """Builds a request out of keyword arguments; None is not sent."""
    return Request(service, shape, known(parameters))


def one(value: Any) -> Any:
    """Returns the only element of a block that the provider models as a list."""
    if not isinstance(value, list):
        return value
    if len(value) != 1:
        raise ValueError(f"A block that AWS takes once is given {len(value)} times: {value}.")
    return value[0]
