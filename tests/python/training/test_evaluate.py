"""The evaluation's report: the candidate alone, compared, and from the archive that ships."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import boto3
import evaluate
import pytest

from tests.python.training.climate_rooms import ALONE, BUCKET, COMPARED, GROUP, Room, pack_model
from tests.python.training.code_archive import link_code
from tests.python.training.training_sets import OTHER_WORKLOADS


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
            "The model's output nearest has 3 items, the prediction schema says 2.",
        ),
    ],
)
def test_reports_an_approved_model_that_cannot_be_measured(
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
        "evaluate the candidate alone.",
        "metrics": None,
    }


def test_compare_with_none_calls_no_registry(base: Path) -> None:
    # Without a mock of AWS a call would fail.
    assert evaluate.main([*COMPARED, "--compare-with", "none"]) == 0
    assert report(base)["approved"]["state"] == "none"


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
