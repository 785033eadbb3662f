"""Values of a pipeline's parameters for one execution. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class InvalidParameters(Exception):
    """The given values do not fit the declared parameters; one sentence for each."""


def parameter_values(
    declared: Mapping[str, Mapping[str, Any]], given: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Joins what StartPipelineExecution gives with the defaults.

    Args:
        declared: Parameters of the definition by name.
        given: ``{"Name", "Value"}``, values always strings.

    Raises:
        InvalidParameters: Unknown names, missing or malformed values, all in one message.
    """
    problems: list[str] = []
    values = {
        name: item["DefaultValue"] for name, item in declared.items() if "DefaultValue" in item
    }
    for item in given:
        name, value = item["Name"], item.get("Value", "")
        if name not in declared:
            problems.append(
                f'Parameter "{name}" is not declared by the pipeline; '
                f"it has {', '.join(sorted(declared)) or 'none'}."
            )
            continue
        try:
            values[name] = _convert(value, str(declared[name]["Type"]))
        except ValueError:
            kind = declared[name]["Type"]
            problems.append(f'Parameter "{name}" must be of type {kind}, received "{value}".')
    for name, item in declared.items():
        allowed = item.get("EnumValues")
        if name not in values:
            if not any(given_item["Name"] == name for given_item in given):
                problems.append(f'Parameter "{name}" has no default and no value was given.')
        elif allowed and values[name] not in allowed:
            shown = ", ".join(str(value) for value in allowed)
            problems.append(
                f'Parameter "{name}" must be one of {shown}, received "{values[name]}".'
            )
    if problems:
        raise InvalidParameters(" ".join(problems))
    return values


def _convert(value: str, kind: str) -> Any:
    if kind == "Integer":
        return int(value)
    if kind == "Float":
        return float(value)
    if kind == "Boolean":
        if value.lower() not in ("true", "false"):
            raise ValueError(value)
        return value.lower() == "true"
    return value
