"""Parameters of a pipeline: their declarations, and their values in an execution. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PARAMETER_TYPES: Mapping[str, tuple[type, ...]] = {
    "Boolean": (bool,),
    "Float": (int, float),
    "Integer": (int,),
    "String": (str,),
}
"""Types of parameters, and their types in JSON."""


class InvalidParameters(Exception):
    """The given values do not match the declared parameters; one sentence for each problem."""


def declaration_problems(declared: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yields a sentence for each parameter that is not declared correctly.

    Args:
        declared: Parameters of the definition by name.
    """
    for name, parameter in declared.items():
        kind = str(parameter.get("Type"))
        if kind not in PARAMETER_TYPES:
            yield (
                f'Parameter "{name}" has the type "{kind}"; '
                f"expected one of {', '.join(PARAMETER_TYPES)}."
            )
        elif "DefaultValue" in parameter:
            default, allowed = parameter["DefaultValue"], parameter.get("EnumValues")
            # In Python True is an integer; in JSON it is not.
            is_other = isinstance(default, bool) and kind != "Boolean"
            if is_other or not isinstance(default, PARAMETER_TYPES[kind]):
                yield f'Parameter "{name}" is of type {kind}; its default is {default!r}.'
            elif allowed and default not in allowed:
                shown = ", ".join(str(value) for value in allowed)
                yield f'Parameter "{name}" must be one of {shown}; its default is "{default}".'


def parameter_values(
    declared: Mapping[str, Mapping[str, Any]], given: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Completes the parameters of StartPipelineExecution with the defaults.

    Args:
        declared: Parameters of the definition by name.
        given: ``{"Name", "Value"}``; values are strings.

    Raises:
        InvalidParameters: With all unknown names, and missing or malformed values.
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
