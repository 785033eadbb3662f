"""Reads `manifest.json`, which the training set job writes beside the splits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_training.columns import TENSOR_TYPES, Column
from model_training.problems import InputError

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """The content of a training set.

    Attributes:
        workload: Name of its workload.
        columns: Columns of every row, without `example_id`.
        rows: Number of rows per split.
    """

    workload: str
    columns: tuple[Column, ...]
    rows: Mapping[str, int]


def read_manifest(directory: Path, workload: str) -> Manifest:
    """Reads the manifest of a workload's training set.

    Args:
        directory: The folder with `manifest.json`.
        workload: Name of the workload that learns from it.

    Raises:
        InputError: There is none, or it is not a manifest of this workload.
    """
    path = directory / MANIFEST_FILE
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(
            workload=written["workload"],
            columns=tuple(
                Column(column["name"], column["type"], column["array"])
                for column in written["columns"]
            ),
            rows={split: counts["rows"] for split, counts in written["splits"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path} is not the manifest of a training set ({type(error).__name__}: {error}). "
            "Build the training set again."
        ) from error
    if manifest.workload != workload:
        raise InputError(
            f"The training set of {path} was built for the workload {manifest.workload!r}, "
            f"not for {workload!r}. Build a training set for {workload!r}."
        )
    unknown = [
        f"{column.name} ({column.type})"
        for column in manifest.columns
        if column.type not in TENSOR_TYPES
    ]
    if unknown:
        raise InputError(
            f"{path} has columns of unknown types: {', '.join(unknown)}. "
            f"Expected {', '.join(TENSOR_TYPES)}."
        )
    return manifest
