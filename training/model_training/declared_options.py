"""Checks that the command line can set the options that a workload declares."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any, get_type_hints

from model_training.command_line import KINDS, expected_value, is_within, parse_options
from model_training.options import TrainingOptions
from model_training.problems import InputError


def option_problems(options: object) -> list[str]:
    """Returns the problems with a class of options.

    Args:
        options: The attribute `options` of a workload.
    """
    if not isinstance(options, type):
        return [f"`options` must be a class that extends TrainingOptions, is {options!r}"]
    name = options.__name__
    if not issubclass(options, TrainingOptions):
        inherited = ", ".join(field.name for field in dataclasses.fields(TrainingOptions))
        return [f"{name} has no {inherited}: let it extend TrainingOptions"]
    if "__dataclass_fields__" not in vars(options):
        return [f"{name} must be a dataclass: write @dataclass(frozen=True) above it"]
    try:
        kinds = get_type_hints(options)
    except Exception as error:
        return [f"{name} has types that Python cannot find: {error}"]
    problems = [
        f"{name}.{field.name} {problem}"
        for field in dataclasses.fields(options)
        for problem in _field_problems(field, kinds[field.name])
    ]
    return problems or _construction_problems(options)


def epochs_problems(options: type[TrainingOptions], epochs: int) -> list[str]:
    """Returns a problem if a class of options does not allow the epochs of `workload.json`.

    Args:
        options: A class of options without problems.
        epochs: The number of epochs, unless the stack file sets another.
    """
    try:
        parse_options(options, [f"--epochs={epochs}"])
    except InputError as error:
        name = options.__name__
        return [f"{name} does not allow the epochs of workload.json. {error}"]
    return []


def _field_problems(field: dataclasses.Field[Any], kind: object) -> Iterator[str]:
    inherited = _inherited_kinds().get(field.name)
    if not isinstance(kind, type) or kind not in KINDS:
        known = ", ".join(one.__name__ for one in KINDS)
        yield f"must be of one of the types {known}, is {inspect.formatannotation(kind)}"
        return
    if inherited is not None and kind is not inherited:
        yield f"must be of the type {inherited.__name__} as in TrainingOptions, is {kind.__name__}"
    if "minimum" not in field.metadata:
        yield "must be made with `option`: write `option(default, minimum=, maximum=)`"
        return
    # An int is a valid float; True is not a valid int, although bool extends int.
    allowed = (int, float) if kind is float else (kind,)
    default: Any = field.default
    if type(default) not in allowed:
        yield f"must have a default of the type {kind.__name__}, has {default!r}"
    elif not is_within(field.metadata, default):
        expected = expected_value(kind, field.metadata)
        yield f"must have a default that is {expected}, has {default!r}"


def _inherited_kinds() -> dict[str, type]:
    return get_type_hints(TrainingOptions)


def _construction_problems(options: type[TrainingOptions]) -> list[str]:
    try:
        options()
    except Exception as error:
        return [f"{options.__name__}() fails: {type(error).__name__}: {error}"]
    return []
