"""The script under the toolkit of AWS's training containers, laid out as SageMaker lays it out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from local.services.sagemaker.training_jobs import TRAIN_COMMAND
from tests.python.training.code_archive import link_code
from tests.python.training.conftest import ROWS
from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import write_manifest, write_split

HOST = "localhost"


def lay_out(base: Path, hyperparameters: dict[str, str]) -> None:
    configuration = base / "input" / "config"
    configuration.mkdir(parents=True)
    channels = {
        name: {
            "TrainingInputMode": "File",
            "S3DistributionType": "FullyReplicated",
            "RecordWrapperType": "None",
        }
        for name in ("train", "validation", "manifest")
    }
    contents: dict[str, object] = {
        "hyperparameters.json": hyperparameters,
        "inputdataconfig.json": channels,
        "resourceconfig.json": {
            "current_host": HOST,
            "hosts": [HOST],
            "network_interface_name": "lo",
            "current_instance_type": "local",
            "current_group_name": "homogeneousCluster",
            "instance_groups": [
                {
                    "instance_group_name": "homogeneousCluster",
                    "instance_type": "local",
                    "hosts": [HOST],
                }
            ],
        },
    }
    for name, content in contents.items():
        configuration.joinpath(name).write_text(json.dumps(content))
    for name in ("model", "output/data", "code"):
        base.joinpath(name).mkdir(parents=True)
    code = base / "sourcedir.tar.gz"
    with tarfile.open(code, mode="w:gz", dereference=True) as archive:
        archive.add(link_code(base / "sources"), arcname=".", filter=without_caches)


def without_caches(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in entry.name else entry


def run_toolkit(base: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        # Neither what pytest put on the path nor what another test set may help.
        if name != "PYTHONPATH" and not name.startswith("SM_")
    }
    environment["SAGEMAKER_BASE_DIR"] = str(base)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        TRAIN_COMMAND,
        env=environment,
        cwd=base,
        text=True,
        capture_output=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def base(tmp_path: Path) -> Path:
    lay_out(
        tmp_path,
        {
            "sagemaker_program": json.dumps("train.py"),
            "sagemaker_submit_directory": json.dumps(str(tmp_path / "sourcedir.tar.gz")),
            "sagemaker_container_log_level": "20",
            "workload": "greenhouse",
            "epochs": "2",
            "batch-size": "16",
            "model_dir": json.dumps("s3://bucket/ignored"),
        },
    )
    return tmp_path


def test_trains_under_the_toolkit(base: Path, training_set: Path) -> None:
    data = base / "input" / "data"
    data.mkdir()
    data.joinpath("train").symlink_to(training_set / "train")
    data.joinpath("validation").symlink_to(training_set / "validation")
    data.joinpath("manifest").symlink_to(training_set)

    finished = run_toolkit(base)

    assert finished.returncode == 0, finished.stderr
    assert base.joinpath("model", "1", "saved_model.pb").is_file()
    assert "epoch=2 " in finished.stdout
    assert "epoch=3 " not in finished.stdout


def test_a_failure_leaves_its_reason_in_the_log(base: Path) -> None:
    data = base / "input" / "data"
    write_split(data / "train", [{**plant(1), "leaves": "many"}])
    write_split(data / "validation", [plant(2)])
    write_manifest(data / "manifest", "greenhouse", COLUMNS, ROWS)

    finished = run_toolkit(base)

    assert finished.returncode == 1
    assert "leaves must be of type integer, received 'many'" in finished.stderr
    assert base.joinpath("output", "failure").is_file()
