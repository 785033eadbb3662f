"""Which members of a pipeline definition have to be objects, lists and strings. Pure.

"SageMaker Pipelines definition JSON schema", version 2020-12-01: the part that is executed here.
`definition` checks what the members mean together.
"""

from __future__ import annotations

from typing import Any

import jsonschema  # type: ignore[import-untyped]

DEEPEST = 50
"""Deepest nesting of objects and lists; the definition of the training pipeline has about ten."""

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}


_CONDITIONS = {"type": "array", "items": {"$ref": "#/$defs/condition"}}
_STEPS = {"type": "array", "items": {"$ref": "#/$defs/step"}}

_SHAPE: dict[str, Any] = {
    "properties": {
        "Parameters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["Name", "Type"],
                "properties": {"Name": _TEXT, "Type": _TEXT, "EnumValues": {"type": "array"}},
            },
        },
        "Steps": _STEPS,
    },
    "$defs": {
        "step": {
            "type": "object",
            "required": ["Name", "Type"],
            "properties": {
                "Name": _TEXT,
                "Type": _TEXT,
                "Arguments": {"type": "object"},
                "DependsOn": _TEXTS,
                "PropertyFiles": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["PropertyFileName"],
                        "properties": {"PropertyFileName": _TEXT},
                    },
                },
            },
            "if": {"properties": {"Type": {"const": "Condition"}}},
            "then": {
                "properties": {
                    "Arguments": {
                        "properties": {
                            "Conditions": _CONDITIONS,
                            "IfSteps": _STEPS,
                            "ElseSteps": _STEPS,
                        }
                    }
                }
            },
        },
        "condition": {
            "type": "object",
            "required": ["Type"],
            "properties": {
                "Type": _TEXT,
                "Conditions": _CONDITIONS,
                "Expression": {"$ref": "#/$defs/condition"},
            },
        },
    },
}

_VALIDATOR = jsonschema.Draft202012Validator(_SHAPE)


def shape_problems(document: dict[str, Any]) -> list[str]:
    """Returns a sentence for each member of the wrong type."""
    if _is_deeper_than(document, DEEPEST):
        return [f"The pipeline definition is nested more than {DEEPEST} deep."]
    return [
        f"The pipeline definition is malformed at {error.json_path}: {_shown(error.message)}."
        for error in _VALIDATOR.iter_errors(document)
    ]


def _shown(message: str) -> str:
    return message if len(message) <= 300 else f"{message[:200]} ... {message[-80:]}"


def _is_deeper_than(document: Any, most: int) -> bool:
    level: list[Any] = [document]
    for _ in range(most + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True
