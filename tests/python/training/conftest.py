"""A training set of plants, so small that a second suffices, and the model trained on it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import train

from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import (
    add_other_workloads,
    set_channels,
    write_manifest,
    write_split,
)

PRINTED = "printed.txt"
"""Beside the trained model: what its training wrote to standard output."""

ROWS = {"train": 240, "validation": 30, "test": 30}


@pytest.fixture(scope="session")
def training_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, train, validation and test."""
    directory = tmp_path_factory.mktemp("training-set")
    first = 0
    for split, count in ROWS.items():
        write_split(directory / split, map(plant, range(first, first + count)))
        first += count
    write_manifest(directory, "greenhouse", COLUMNS, ROWS)
    return directory


def run_training(
    training_set: Path, model: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> int:
    """Runs the script's main in this process, as one host."""
    add_other_workloads(monkeypatch)
    set_channels(monkeypatch, training_set, model)
    return train.main(["--workload", "greenhouse", *arguments])


@pytest.fixture(scope="session")
def trained(training_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SM_MODEL_DIR of one training run, with arguments that the script does not know."""
    directory = tmp_path_factory.mktemp("trained")
    model = directory / "model"
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        directory.joinpath(PRINTED).open("w") as printed,
        contextlib.redirect_stdout(printed),
    ):
        assert run_training(training_set, model, monkeypatch, "--model_dir", "s3://x/y") == 0
    return model
