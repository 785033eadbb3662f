"""A small training set of plants, the model trained on it, and what an evaluation mounts."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import train
from moto import mock_aws

from tests.python.training.climate_rooms import BUCKET, GROUP, Room, pack_model, write_test_split
from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import (
    add_other_workloads,
    set_channels,
    write_manifest,
    write_split,
)

# Beside the trained model: what its training wrote to standard output.
PRINTED = "printed.txt"

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


@pytest.fixture(scope="session")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artifact of a model that predicts three of four rooms correctly."""
    return pack_model(tmp_path_factory.mktemp("candidate"), Room(20.0))


@pytest.fixture
def base(tmp_path: Path, candidate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders that SageMaker mounts: four rooms, and the candidate."""
    add_other_workloads(monkeypatch)
    monkeypatch.setenv("PROCESSING_BASE_DIR", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "local")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    write_test_split(tmp_path)
    tmp_path.joinpath("model").mkdir()
    shutil.copy(candidate, tmp_path / "model")
    return tmp_path


@pytest.fixture
def registry(base: Path) -> Iterator[Path]:
    """AWS with a bucket, a group, and nothing in them."""
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        boto3.client("sagemaker").create_model_package_group(ModelPackageGroupName=GROUP)
        yield base
