"""Writes and reads the training set of a demo, without Spark."""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_training.columns import Column
from model_training.examples import read_examples
from model_training.manifest import read_manifest
from model_training.workload import Arrays

from local.training_sets.files import SPLITS

DATA = Path(__file__).resolve().parents[2] / ".local" / "data"
"""Folder with the data sets of workloads, which `make setup` fetches."""


@dataclass(frozen=True)
class DemoTrainingSet:
    """The training set of a demo, as training reads it.

    Attributes:
        columns: The columns in the manifest.
        splits: The rows by split.
    """

    columns: tuple[Column, ...]
    splits: Mapping[str, Arrays]


def has_demo_training_set(workload: str) -> bool:
    """Whether a workload has a `demo/training_set.py`."""
    try:
        return importlib.util.find_spec(_module(workload)) is not None
    except ModuleNotFoundError:
        return False


def demo_training_set(workload: str, data: Path) -> DemoTrainingSet:
    """Writes and reads the training set of a workload's demo.

    Args:
        workload: Name of the workload.
        data: Folder with its data set.

    Raises:
        InputError: The result is not a training set of this workload.
    """
    writer = importlib.import_module(_module(workload))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "set"
        writer.write_training_set(data, folder)
        manifest = read_manifest(folder, workload)
        splits = {split: read_examples(folder / split, split, manifest) for split in SPLITS}
    return DemoTrainingSet(manifest.columns, splits)


def _module(workload: str) -> str:
    return f"workloads.{workload}.demo.training_set"
