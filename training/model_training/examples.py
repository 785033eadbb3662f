"""Rows of one split: gzip JSON Lines with the columns that the manifest names."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from model_training.columns import Column, as_array
from model_training.manifest import Manifest
from model_training.problems import InputError
from model_training.workload import Arrays

FILE_PATTERN = "*.json.gz"
IDENTITY = "example_id"
_PROBLEMS_SHOWN = 5
_ROWS_AT_ONCE = 1024
_LARGEST = (1 << 63) - 1


def read_examples(directory: Path, split: str, manifest: Manifest) -> Arrays:
    """Reads every `*.json.gz` of a folder, in the order of the files' names and lines.

    Args:
        directory: Where the files lie, for example the folder of a SageMaker channel.
        split: Name of the split.
        manifest: Of the training set.

    Returns:
        A column per name: [rows], or [rows, items] padded with "", 0 or False. Strings are objects,
        integers int64, numbers float64.

    Raises:
        InputError: The folder is missing, holds no row or not as many as the manifest says, or
            lines are not what the manifest says; all of the wrong lines are counted, the first few
            named.
    """
    if not directory.is_dir():
        raise InputError(f"Split {split}: the folder {directory} does not exist.")
    values: dict[str, list[Any]] = {column.name: [] for column in manifest.columns}
    problems: list[str] = []
    paths = sorted(directory.glob(FILE_PATTERN))
    rows = 0
    for path in paths:
        for place, line in _lines(path, split):
            rows += 1
            problem = _add(line, manifest.columns, values)
            if problem:
                problems.append(f"{place}: {problem}")
    if problems:
        shown = "; ".join(problems[:_PROBLEMS_SHOWN])
        raise InputError(
            f"Split {split}: {len(problems)} line(s) of {directory} are no examples. {shown}. "
            "Build the training set again."
        )
    if not rows:
        raise InputError(
            f"Split {split}: {len(paths)} file(s) {FILE_PATTERN} in {directory} hold no example. "
            "Check that the training set job found any for it."
        )
    if rows != manifest.rows.get(split):
        raise InputError(
            f"Split {split}: {directory} holds {rows} example(s), and the manifest says "
            f"{manifest.rows.get(split, 0)}. Files are missing or of another training set."
        )
    return {column.name: as_array(values[column.name], column) for column in manifest.columns}


def count_rows(rows: Arrays) -> int:
    """Returns how many rows columns have."""
    return len(next(iter(rows.values())))


def in_pieces(rows: Arrays) -> Iterator[Arrays]:
    """Yields rows in pieces of at most 1,024, in their order."""
    for start in range(0, count_rows(rows), _ROWS_AT_ONCE):
        yield {name: column[start : start + _ROWS_AT_ONCE] for name, column in rows.items()}


def _lines(path: Path, split: str) -> Iterator[tuple[str, str]]:
    try:
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield f"{path.name} line {number}", line
    except (EOFError, UnicodeDecodeError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"Split {split}: {path} is no gzip text in UTF-8: {error}.") from error


def _add(line: str, columns: Sequence[Column], values: dict[str, list[Any]]) -> str:
    """Adds a row's values; returns what is wrong with it, or nothing."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return f"not JSON ({error})"
    if not isinstance(row, dict):
        return f"expected an object, received {type(row).__name__}"
    unknown = row.keys() - values.keys() - {IDENTITY}
    if unknown:
        return f"{', '.join(sorted(unknown))} is no column of the manifest"
    for column in columns:
        value = row.get(column.name)
        items = value if column.array and isinstance(value, list) else [value]
        if column.array != isinstance(value, list) or not all(_is(column, item) for item in items):
            return f"{column.name} must be of type {column.described}, received {value!r}"
        values[column.name].append(value)
    return ""


def _is(column: Column, value: object) -> bool:
    if column.type == "string":
        return isinstance(value, str)
    if column.type == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if column.type == "integer":
        return isinstance(value, int) and -_LARGEST <= value <= _LARGEST
    return math.isfinite(value)
