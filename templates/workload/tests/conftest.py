"""A small training set of the invented tickets, and the model trained on it: seconds."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import train

from tests.python.training.training_sets import set_channels

from ..demo.training_set import write_training_set


@pytest.fixture(scope="session")
def ticket_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, train, validation and test."""
    directory = tmp_path_factory.mktemp("tickets")
    write_training_set(Path(), directory, 2000)
    return directory


@pytest.fixture(scope="session")
def exported(ticket_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the model that one training run exported."""
    directory = tmp_path_factory.mktemp("exported")
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        directory.joinpath("printed.txt").open("w") as printed,
        contextlib.redirect_stdout(printed),
    ):
        set_channels(monkeypatch, ticket_set, directory)
        assert train.main(["--workload", "workload_name"]) == 0
    return directory / "1"
