"""Finds and resolves the expressions of a pipeline definition. Pure.

"SageMaker Pipelines definition JSON schema", version 2020-12-01: ``Get``, ``Std:Join`` and
``Std:JsonGet`` with a property file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

EXECUTION_VARIABLES = frozenset(
    {
        "PipelineExecutionId",
        "PipelineExecutionArn",
        "PipelineName",
        "PipelineArn",
        "StartDateTime",
        "CurrentDateTime",
    }
)

_SEGMENT = re.compile(r"\.?([^.\[\]]+)|\[([0-9]{1,9})\]|\['([^']*)'\]")


class UnresolvedReference(Exception):
    """An expression refers to something that does not exist, or is incomplete."""


@dataclass
class Scope:
    """The values that expressions can refer to at one moment of an execution.

    Attributes:
        parameters: Values of the pipeline's parameters by name.
        execution: Values of `EXECUTION_VARIABLES`.
        steps: Properties of the steps that have run, as the Describe operation answers them.
        property_files: Parsed property files by step and name.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    execution: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Any] = field(default_factory=dict)
    property_files: Mapping[tuple[str, str], Any] = field(default_factory=dict)


def resolve(value: Any, scope: Scope) -> Any:
    """Replaces every expression inside a value.

    Raises:
        UnresolvedReference: An expression refers to nothing, or is incomplete.
    """
    if isinstance(value, list):
        return [resolve(item, scope) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Get"}:
        return _get(str(value["Get"]), scope)
    if set(value) == {"Std:Join"}:
        join = _parts(value, "Std:Join", {"Values": list})
        return str(join.get("On", "")).join(text(resolve(item, scope)) for item in join["Values"])
    if set(value) == {"Std:JsonGet"}:
        return _json_get(_parts(value, "Std:JsonGet", {"Path": str}), scope)
    return {name: resolve(item, scope) for name, item in value.items()}


def _parts(value: Mapping[str, Any], name: str, needed: Mapping[str, type]) -> Mapping[str, Any]:
    parts = value[name]
    for part, kind in needed.items():
        if not isinstance(parts, dict) or not isinstance(parts.get(part), kind):
            expected = "a list" if kind is list else "a text"
            raise UnresolvedReference(f'"{name}" expects {expected} as its "{part}".')
    found: Mapping[str, Any] = parts
    return found


def references(value: Any) -> Iterator[str]:
    """Yields the path of every ``Get`` inside a value, property files included."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if set(value) == {"Get"}:
            yield str(value["Get"])
        else:
            for item in value.values():
                yield from references(item)


def text(value: Any) -> str:
    """Returns a value as in ``Std:Join``: as JSON, a string without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def property_file_of(path: str) -> tuple[str, str] | None:
    """Returns step and name of ``Steps.S.PropertyFiles.P``; None for other paths."""
    parts = path.split(".")
    if len(parts) == 4 and parts[0] == "Steps" and parts[2] == "PropertyFiles":
        return parts[1], parts[3]
    return None


def _get(path: str, scope: Scope) -> Any:
    kind, _, rest = path.partition(".")
    if kind == "Parameters" and rest in scope.parameters:
        return scope.parameters[rest]
    if kind == "Execution" and rest in scope.execution:
        return scope.execution[rest]
    if kind == "Steps":
        name, _, inner = rest.partition(".")
        if name in scope.steps:
            return look_up(scope.steps[name], inner, path)
    raise UnresolvedReference(f'"{path}" does not exist.')


def _json_get(arguments: Mapping[str, Any], scope: Scope) -> Any:
    reference = arguments.get("PropertyFile", {})
    path = str(reference.get("Get") if isinstance(reference, dict) else reference)
    key = property_file_of(path)
    if key is None or key not in scope.property_files:
        raise UnresolvedReference(f'The property file "{path}" does not exist.')
    wanted = str(arguments["Path"])
    return look_up(scope.property_files[key], wanted.removeprefix("$."), f"{path} at {wanted}")


def look_up(document: Any, path: str, shown: str) -> Any:
    """Follows a path such as ``Outputs['evaluation'].S3Output.S3Uri`` or ``a.b[0].c``.

    A name in brackets selects an item of a list by any of its members whose name ends in ``Name``.

    Raises:
        UnresolvedReference: There is nothing at the path; the message has `shown` in its place.
    """
    position = 0
    while position < len(path):
        match = _SEGMENT.match(path, position)
        if match is None:
            raise UnresolvedReference(f'"{shown}" is not a path: see "{path[position:]}".')
        name, index, key = match.groups()
        found, document = _child(document, name, index, key)
        if not found:
            raise UnresolvedReference(f'"{shown}" does not exist: nothing at "{match.group()}".')
        position = match.end()
    return document


def _child(document: Any, name: str | None, index: str | None, key: str | None) -> tuple[bool, Any]:
    if isinstance(document, Mapping):
        wanted = name if name is not None else key
        return (wanted in document, document.get(wanted)) if wanted is not None else (False, None)
    if isinstance(document, Sequence) and not isinstance(document, str):
        if index is not None and int(index) < len(document):
            return True, document[int(index)]
        if key is not None:
            for item in document:
                if isinstance(item, Mapping) and _is_called(item, key):
                    return True, item
    return False, None


def _is_called(item: Mapping[str, Any], name: str) -> bool:
    return any(member.endswith("Name") and value == name for member, value in item.items())
