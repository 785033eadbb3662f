from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import evaluate
import pytest
from moto import mock_aws

from tests.python.training.climate_rooms import (
    COLUMNS,
    ROOMS,
    Room,
    pack_model,
    write_test_split,
)
from tests.python.training.code_archive import link_code
from tests.python.training.training_sets import OTHER_WORKLOADS, add_other_workloads

GROUP = "streaming-ml-test"
BUCKET = "models"
CLIMATE = ["--workload", "climate", "--gate-metric", "agreement"]
ALONE = [*CLIMATE, "--compare-with", "none"]
COMPARED = [*CLIMATE, "--model-package-group", GROUP]


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artifact of a model that is right about three of four rooms."""
    return pack_model(tmp_path_factory.mktemp("candidate"), Room(20.0))


@pytest.fixture
def base(tmp_path: Path, candidate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What SageMaker mounts: four rooms, and the candidate."""
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


def register(uri: str, status: str) -> str:
    answer = boto3.client("sagemaker").create_model_package(
        ModelPackageGroupName=GROUP,
        ModelApprovalStatus=status,
        InferenceSpecification={
            "Containers": [{"Image": "image", "ModelDataUrl": uri}],
            "SupportedContentTypes": ["application/json"],
            "SupportedResponseMIMETypes": ["application/json"],
        },
    )
    return str(answer["ModelPackageArn"])


def upload(artifact: Path, key: str) -> str:
    boto3.client("s3").upload_file(str(artifact), BUCKET, key)
    return f"s3://{BUCKET}/{key}"


def report(base: Path) -> Any:
    return json.loads(base.joinpath("evaluation", "evaluation.json").read_text())


def test_measures_the_candidate_alone(base: Path) -> None:
    assert evaluate.main(ALONE) == 0
    assert report(base) == {
        "workload": "climate",
        "rows": 4,
        "gate": {"metric": "agreement", "value": 0.75, "margin": 0.75},
        "metrics": {"agreement": {"value": 0.75}, "hottest": {"value": 40.0}},
        "approved": {"model_package": "none", "state": "none", "problem": "", "metrics": None},
        "plots": [
            {
                "kind": "matrix",
                "title": "Warmth",
                "note": "By feeling.",
                "rowTitle": "felt",
                "rows": ["cold", "warm"],
                "columnTitle": "answered",
                "columns": ["cold", "warm"],
                "counts": [[1, 1], [0, 2]],
            },
            {
                "kind": "curves",
                "title": "Degrees",
                "note": "In order.",
                "xTitle": "row",
                "yTitle": "degrees",
                "lines": [{"name": "degrees", "points": [[0.0, 1.5]]}],
                "diagonal": True,
            },
        ],
    }


def test_compares_with_the_newest_approved_package(registry: Path) -> None:
    approved = pack_model(registry / "approved", Room(30.0))
    arn = register(upload(approved, "approved.tar.gz"), "Approved")
    register("s3://models/none", "PendingManualApproval")

    assert evaluate.main(COMPARED) == 0

    written = report(registry)
    assert written["gate"] == {"metric": "agreement", "value": 0.75, "margin": -0.25}
    assert written["approved"] == {
        "model_package": arn,
        "state": "measured",
        "problem": "",
        "metrics": {"agreement": {"value": 1.0}, "hottest": {"value": 40.0}},
    }


def test_says_none_when_nothing_is_approved(registry: Path) -> None:
    register("s3://models/none", "Rejected")
    assert evaluate.main(COMPARED) == 0
    assert report(registry)["approved"]["state"] == "none"


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        (None, "There is no model artifact at s3://models/approved.tar.gz."),
        (
            Room(30.0, nearest=3),
            "The model answers nearest with 3 items, the prediction schema says 2.",
        ),
    ],
)
def test_an_approved_model_that_cannot_be_measured_is_for_the_gate(
    registry: Path, stored: Room | None, reason: str
) -> None:
    if stored is not None:
        upload(pack_model(registry / "approved", stored), "approved.tar.gz")
    arn = register("s3://models/approved.tar.gz", "Approved")

    assert evaluate.main(COMPARED) == 0

    written = report(registry)
    assert written["gate"] == {"metric": "agreement", "value": 0.75, "margin": 0.0}
    assert written["approved"] == {
        "model_package": arn,
        "state": "not_measurable",
        "problem": f"The approved model {arn} cannot be measured on this test split. {reason} "
        "Start the pipeline with CompareWith=none (npm run ops -- train --compare-with none) to "
        "judge the candidate by itself.",
        "metrics": None,
    }


def test_compare_with_none_asks_no_registry(base: Path) -> None:
    # Without a mock of AWS a call would fail.
    assert evaluate.main([*COMPARED, "--compare-with", "none"]) == 0
    assert report(base)["approved"]["state"] == "none"


def test_needs_a_group_to_compare_with(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        evaluate.main(CLIMATE)
    assert "--model-package-group is needed, except with --compare-with none" in (
        capsys.readouterr().err
    )


def test_a_candidate_that_does_not_fit_ends_with_a_sentence(
    base: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "other"
    columns = [column for column in COLUMNS if column.name != "level"]
    rooms = [{name: value for name, value in room.items() if name != "level"} for room in ROOMS]
    write_test_split(other, columns, rooms)
    folders = [f"--{name}-directory={other / name}" for name in ("test", "manifest")]
    assert evaluate.main([*ALONE, *folders]) == 1
    assert caplog.messages == [
        "The candidate cannot be evaluated. The model does not fit: its input level is no column "
        "of the training set."
    ]
    assert not base.joinpath("evaluation").exists()


def test_a_figure_that_is_not_reported_ends_with_a_sentence(
    base: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert evaluate.main([*ALONE, "--gate-metric", "macro_f1"]) == 1
    assert "reports no macro_f1, which workload.json or the gate asks for" in caplog.text


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda artifact: artifact.unlink(), "Expected one model.tar.gz in"),
        (lambda artifact: artifact.write_bytes(b"no archive"), "cannot be unpacked"),
        (lambda artifact: tarfile.open(artifact, mode="w:gz").close(), "saved_model.pb, only []"),
    ],
)
def test_a_damaged_artifact_ends_with_a_sentence(
    base: Path, caplog: pytest.LogCaptureFixture, damage: Any, message: str
) -> None:
    damage(base / "model" / "model.tar.gz")
    assert evaluate.main(ALONE) == 1
    assert message in caplog.text
    assert not base.joinpath("evaluation").exists()


def test_refuses_an_archive_that_writes_outside(
    base: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with tarfile.open(base / "model" / "model.tar.gz", mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside"))
    assert evaluate.main(ALONE) == 1
    assert "cannot be unpacked" in caplog.text
    assert not base.joinpath("outside").exists()


def test_evaluates_what_training_exported(
    base: Path, trained: Path, training_set: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "artifact"
    folder.mkdir()
    with tarfile.open(folder / "model.tar.gz", mode="w:gz") as archive:
        archive.add(trained, arcname=".")
    folders = {"model": folder, "test": training_set / "test", "manifest": training_set}
    directories = [f"--{name}-directory={path}" for name, path in folders.items()]
    greenhouse = [
        "--workload",
        "greenhouse",
        "--gate-metric",
        "closeness",
        "--compare-with",
        "none",
    ]
    assert evaluate.main([*greenhouse, "--compare-with", "none", *directories]) == 0
    written = report(base)
    assert written["rows"] == 30
    assert list(written["metrics"]) == ["closeness"]


def test_runs_from_one_archive(base: Path) -> None:
    code = link_code(base / "code", OTHER_WORKLOADS / "climate")
    archive = base / "evaluation.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for folder, _, names in os.walk(code, followlinks=True):
            for path in (Path(folder, name) for name in names):
                zipped.write(path, path.relative_to(code))
    # Isolated: neither this folder nor PYTHONPATH may help.
    finished = subprocess.run(
        [sys.executable, "-I", str(archive), *ALONE],
        cwd=base,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert report(base)["gate"]["value"] == 0.75
