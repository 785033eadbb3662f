"""A small training set of invented tickets, and the model trained on it in a few seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.python.training.training_sets import train_once

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
    arguments = ["--workload", "workload_name"]
    return train_once(ticket_set, tmp_path_factory.mktemp("exported"), *arguments)
