"""Reads the rows of a split: gzip JSON Lines with the columns that the manifest names."""

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
_MAXIMUM_SHOWN = 5
_ROWS_PER_PIECE = 1024
_LARGEST_INTEGER = (1 << 63) - 1


def read_examples(directory: Path, split: str, manifest: Manifest) -> Arrays:
    """Reads every `*.json.gz` of a folder, in the order of file names and lines.

    Args:
        directory: Folder of the files, for example of a SageMaker channel.
        split: Name of the split.
        manifest: Manifest of the training set.

    Returns:
        Columns by name: [rows], or [rows, items] padded with "", 0 or False. Strings are objects,
        integers int64, numbers float64.

    Raises:
        InputError: The folder is missing or empty, its number of rows is not that of the manifest,
            or lines do not match the manifest. All wrong lines are counted, the first few named.
    """
    if not directory.is_dir():
        raise InputError(f"Split {split}: the folder {directory} does not exist.")
    values: dict[str, list[Any]] = {column.name: [] for column in manifest.columns}
    problems: list[str] = []
    paths = sorted(directory.glob(FILE_PATTERN))
    rows = 0
    for path in paths:
        for position, line in _lines(path, split):
            rows += 1
            problem = _add(line, manifest.columns, values)
            if problem:
                problems.append(f"{position}: {problem}")
    if problems:
        shown = "; ".join(problems[:_MAXIMUM_SHOWN])
        raise InputError(
            f"Split {split}: {len(problems)} line(s) of {directory} are not examples. {shown}. "
            "Build the training set again."
        )
    if not rows:
        raise InputError(
            f"Split {split}: {len(paths)} file(s) {FILE_PATTERN} in {directory} have no examples. "
            "Check that the training set has examples of this split."
        )
    if rows != manifest.rows.get(split):
        raise InputError(
            f"Split {split}: {directory} has {rows} example(s), and the manifest says "
            f"{manifest.rows.get(split, 0)}. Files are missing or belong to another training set."
        )
    return {column.name: as_array(values[column.name], column) for column in manifest.columns}


def count_rows(rows: Arrays) -> int:
    """Returns the number of rows."""
    return len(next(iter(rows.values())))


def in_pieces(rows: Arrays) -> Iterator[Arrays]:
    """Yields the rows in pieces of at most 1,024, in order."""
    for start in range(0, count_rows(rows), _ROWS_PER_PIECE):
        yield {name: column[start : start + _ROWS_PER_PIECE] for name, column in rows.items()}


def _lines(path: Path, split: str) -> Iterator[tuple[str, str]]:
    try:
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield f"{path.name} line {number}", line
    except (EOFError, UnicodeDecodeError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"Split {split}: {path} is not gzip text in UTF-8: {error}.") from error


def _add(line: str, columns: Sequence[Column], values: dict[str, list[Any]]) -> str:
    """Adds the values of a row; returns a problem with it, or an empty string."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return f"not JSON ({error})"
    if not isinstance(row, dict):
        return f"expected an object, received {type(row).__name__}"
    unknown = row.keys() - values.keys() - {IDENTITY}
    if unknown:
        return f"{', '.join(sorted(unknown))} is not a column of the manifest"
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
        return isinstance(value, int) and -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER
    return math.isfinite(value)
