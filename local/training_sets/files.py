"""Writes and reads a training set: `manifest.json`, and `<split>/part-0.json.gz` of JSON lines."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SPLITS = ("train", "validation", "test")

Row = Mapping[str, Any]


def split_of_text(text: str) -> str:
    """The split of a text, by its hash as in `spark/streaming_ml/examples.py`: 8 to 1 to 1."""
    bucket = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 10
    return SPLITS[0] if bucket < 8 else SPLITS[1] if bucket < 9 else SPLITS[2]


def write_splits(
    directory: Path,
    workload: str,
    columns: Mapping[str, str],
    splits: Mapping[str, Sequence[Row]],
    array: bool = False,
) -> dict[str, int]:
    """Writes a training set.

    Args:
        directory: Folder to write; it must not have folders of splits.
        workload: Name of the workload.
        columns: Types by name, without `example_id`.
        splits: The rows by split.
        array: Whether the columns are arrays of their type.

    Returns:
        Number of rows by split.
    """
    for split, rows in splits.items():
        directory.joinpath(split).mkdir(parents=True)
        with gzip.open(directory / split / "part-0.json.gz", mode="wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    counts = {split: len(rows) for split, rows in splits.items()}
    manifest = {
        "workload": workload,
        "columns": [{"name": name, "type": kind, "array": array} for name, kind in columns.items()],
        "splits": {split: {"rows": count} for split, count in counts.items()},
    }
    directory.joinpath("manifest.json").write_text(json.dumps(manifest))
    return counts


def read_rows(training_set: Path, split: str) -> list[dict[str, Any]]:
    """Reads the rows of a split.

    Raises:
        FileNotFoundError: The training set has no such split, or the split is empty.
    """
    rows: list[dict[str, Any]] = []
    for path in sorted(training_set.joinpath(split).glob("*.json.gz")):
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            rows += map(json.loads, file)
    if not rows:
        raise FileNotFoundError(
            f"{training_set / split} holds no example. Expected *.json.gz of a training set."
        )
    return rows
