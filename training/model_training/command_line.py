"""A workload's options as arguments of the command line: `--batch-size 64` for `batch_size`."""

from __future__ import annotations

import argparse
import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_type_hints

from model_training.options import TrainingOptions
from model_training.problems import InputError

Options = TypeVar("Options", bound=TrainingOptions)

# The types that an option may have, in words for messages.
KINDS: Mapping[type, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "a string",
}


def parse_options(options: type[Options], argv: Sequence[str]) -> tuple[Options, list[str]]:
    """Reads the options of a class; options that are not given have their defaults.

    Args:
        options: A dataclass whose fields are created by `option`, each int, float, bool or str.
        argv: Arguments without the program's name.

    Returns:
        The options, and all other arguments.

    Raises:
        InputError: Values have another type or are outside their range; all are named.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    fields = dataclasses.fields(options)
    kinds = get_type_hints(options)
    for field in fields:
        # Parsed as strings first, because argparse stops at the first value that it cannot convert.
        parser.add_argument(_argument(field.name), dest=field.name, default=argparse.SUPPRESS)
    try:
        given, others = parser.parse_known_args(argv)
    except argparse.ArgumentError as error:
        raise InputError(f"The hyperparameters cannot be used: {error}.") from error
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields:
        text = vars(given).get(field.name)
        if text is None:
            continue
        value = _read(kinds[field.name], text)
        if value is None or not is_within(field.metadata, value):
            expected = expected_value(kinds[field.name], field.metadata)
            problems.append(f"{_argument(field.name)} must be {expected}, received {text!r}")
        else:
            values[field.name] = value
    if problems:
        raise InputError(f"The hyperparameters cannot be used: {'; '.join(problems)}.")
    return options(**values), others


def _argument(name: str) -> str:
    return "--" + name.replace("_", "-")


def _read(kind: type, text: str) -> int | float | bool | str | None:
    """Converts a string to a type; returns None if that is not possible."""
    if kind is bool:
        return {"true": True, "false": False}.get(text)
    try:
        value: int | float | str = kind(text)
    except ValueError:
        return None
    return None if isinstance(value, float) and not math.isfinite(value) else value


def is_within(limits: Mapping[str, float | None], value: int | float | bool | str) -> bool:
    """Returns whether a value is within an option's range; a string has no range."""
    if isinstance(value, str):
        return True
    minimum, maximum = limits.get("minimum"), limits.get("maximum")
    return (minimum is None or value >= minimum) and (maximum is None or value <= maximum)


def expected_value(kind: type, limits: Mapping[str, float | None]) -> str:
    """Returns in words what values an option may have."""
    minimum, maximum = limits.get("minimum"), limits.get("maximum")
    if minimum is not None and maximum is not None:
        return f"{KINDS[kind]} from {minimum} to {maximum}"
    if minimum is not None:
        return f"{KINDS[kind]} of at least {minimum}"
    if maximum is not None:
        return f"{KINDS[kind]} of at most {maximum}"
    return KINDS[kind]
