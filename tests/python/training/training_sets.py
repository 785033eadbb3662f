"""Training sets on disk, as the training set job writes them."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
import train
from model_training.columns import Column

import workloads

OTHER_WORKLOADS = Path(__file__).parent / "other_workloads"


def write_split(directory: Path, rows: Iterable[object], name: str = "part-0.json.gz") -> Path:
    """Writes rows as gzip JSON Lines; a string stands as it is."""
    directory.mkdir(parents=True, exist_ok=True)
    with gzip.open(directory / name, mode="wt", encoding="utf-8") as file:
        for row in rows:
            file.write((row if isinstance(row, str) else json.dumps(row)) + "\n")
    return directory


def write_manifest(
    directory: Path, workload: str, columns: Sequence[Column], rows: Mapping[str, int]
) -> None:
    """Writes manifest.json with what training and evaluation read."""
    written = {
        "workload": workload,
        "columns": [
            {"name": column.name, "type": column.type, "array": column.array} for column in columns
        ],
        "splits": {split: {"rows": count} for split, count in rows.items()},
    }
    directory.mkdir(parents=True, exist_ok=True)
    directory.joinpath("manifest.json").write_text(json.dumps(written))


def add_other_workloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the workloads of these tests workloads like the others, for as long as they run."""
    monkeypatch.setattr(workloads, "__path__", [*workloads.__path__, str(OTHER_WORKLOADS)])


def set_channels(monkeypatch: pytest.MonkeyPatch, training_set: Path, model: Path) -> None:
    """Sets what the training toolkit sets, for one host."""
    monkeypatch.setenv("SM_CHANNEL_TRAIN", str(training_set / "train"))
    monkeypatch.setenv("SM_CHANNEL_VALIDATION", str(training_set / "validation"))
    monkeypatch.setenv("SM_CHANNEL_MANIFEST", str(training_set))
    monkeypatch.setenv("SM_MODEL_DIR", str(model))
    monkeypatch.delenv("SM_HOSTS", raising=False)


def train_once(training_set: Path, directory: Path, *arguments: str) -> Path:
    """Trains once, and leaves what was printed in `directory/printed.txt`.

    Args:
        training_set: Holds the manifest and the splits.
        directory: Receives the model.
        arguments: Of `training/train.py`, which must succeed.

    Returns:
        The folder of the exported version.
    """
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        directory.joinpath("printed.txt").open("w") as printed,
        contextlib.redirect_stdout(printed),
    ):
        set_channels(monkeypatch, training_set, directory)
        assert train.main(arguments) == 0
    return directory / "1"
