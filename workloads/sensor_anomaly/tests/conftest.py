"""A training set so small and plain that a few seconds suffice, and the model trained on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from model_training.columns import Column

from tests.python.training.training_sets import train_once, write_manifest, write_split
from workloads.sensor_anomaly.detector.readings import READINGS
from workloads.sensor_anomaly.tests.readings import plain_reading

ROWS = {"train": 480, "validation": 120, "test": 120}


@pytest.fixture(scope="session")
def readings_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, train, validation and test."""
    directory = tmp_path_factory.mktemp("readings")
    first = 0
    for split, count in ROWS.items():
        write_split(directory / split, map(plain_reading, range(first, first + count)))
        first += count
    columns = [Column(name, "number") for name in READINGS]
    columns += [Column("labelled", "boolean"), Column("anomalous", "boolean")]
    write_manifest(directory, "sensor_anomaly", columns, ROWS)
    return directory


@pytest.fixture(scope="session")
def detector(readings_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the version that one training run exported."""
    arguments = ["--workload", "sensor_anomaly", "--epochs", "8", "--batch-size", "32"]
    return train_once(readings_set, tmp_path_factory.mktemp("detector"), *arguments)
