from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import boto3
import evaluate
import pytest
import tensorflow as tf
from moto import mock_aws

from tests.python.training.conftest import plain_rows, write_split
from workloads.sentiment.classifier.serving import SIGNATURE

GROUP = "streaming-ml-test"
BUCKET = "models"


class Constant(tf.Module):  # type: ignore[misc]
    """Says `positive` to what begins with g, else the label it was made with."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])  # type: ignore[untyped-decorator]
    def predict(self, text: Any) -> dict[str, Any]:
        begins = tf.strings.regex_full_match(text, "g.*")
        return {"label": tf.where(begins, "positive", self._label)}


def pack(label: str, folder: Path) -> Path:
    """Writes a model.tar.gz with a toy model."""
    model = Constant(label)
    saved = folder / "saved"
    tf.saved_model.save(model, str(saved), signatures={SIGNATURE: model.predict})
    folder.joinpath("model").mkdir()
    artifact = folder / "model" / "model.tar.gz"
    with tarfile.open(artifact, mode="w:gz") as archive:
        archive.add(saved, arcname="1")
    return artifact


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What SageMaker mounts: a candidate that says neutral, and five posts."""
    monkeypatch.setenv("PROCESSING_BASE_DIR", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "local")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    pack("neutral", tmp_path)
    posts = [("good", 2), ("great", 2), ("so so", 1), ("bad", 0), ("grim", 0)]
    labels = ("negative", "neutral", "positive")
    write_split(tmp_path / "test", [{"text": text, "label": labels[at]} for text, at in posts])
    return tmp_path


def report(base: Path) -> Any:
    return json.loads(base.joinpath("evaluation", "evaluation.json").read_text())


# Candidate: good, great, grim are positive; so so, bad neutral.
CANDIDATE_MACRO_F1 = (0 + 2 / 3 + 4 / 5) / 3


def test_measures_the_candidate_alone(base: Path) -> None:
    assert evaluate.main([]) == 0

    written = report(base)
    assert written["confusion"] == [[0, 1, 1], [0, 1, 0], [0, 0, 2]]
    assert written["rows"] == 5
    assert written["metrics"]["macro_f1"]["value"] == pytest.approx(CANDIDATE_MACRO_F1)
    assert written["metrics"]["accuracy"]["value"] == 0.6
    assert written["approved"]["model_package"] == "none"
    assert written["approved"]["macro_f1"] is None
    assert written["comparison"]["margin"]["value"] == pytest.approx(CANDIDATE_MACRO_F1)


def register(base: Path, label: str, status: str) -> str:
    """Uploads a toy model and registers it."""
    folder = base / f"{label}-{status}"
    folder.mkdir()
    key = f"{label}-{status}/model.tar.gz"
    boto3.client("s3").upload_file(str(pack(label, folder)), BUCKET, key)
    answer = boto3.client("sagemaker").create_model_package(
        ModelPackageGroupName=GROUP,
        ModelApprovalStatus=status,
        InferenceSpecification={
            "Containers": [{"Image": "image", "ModelDataUrl": f"s3://{BUCKET}/{key}"}],
            "SupportedContentTypes": ["application/json"],
            "SupportedResponseMIMETypes": ["application/json"],
        },
    )
    return str(answer["ModelPackageArn"])


@mock_aws
def test_compares_with_the_newest_approved_package(base: Path) -> None:
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    boto3.client("sagemaker").create_model_package_group(ModelPackageGroupName=GROUP)
    arn = register(base, "negative", "Approved")
    register(base, "positive", "PendingManualApproval")

    assert evaluate.main(["--model-package-group", GROUP]) == 0

    # Approved: bad is right now, grim still positive, so so is negative.
    approved = (1 / 2 + 0 + 4 / 5) / 3
    written = report(base)
    assert written["approved"]["model_package"] == arn
    assert written["approved"]["macro_f1"]["value"] == pytest.approx(approved)
    assert written["comparison"]["margin"]["value"] == pytest.approx(CANDIDATE_MACRO_F1 - approved)


@mock_aws
def test_says_none_when_nothing_is_approved(base: Path) -> None:
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    boto3.client("sagemaker").create_model_package_group(ModelPackageGroupName=GROUP)
    register(base, "negative", "Rejected")

    assert evaluate.main(["--model-package-group", GROUP]) == 0
    assert report(base)["approved"] == {
        "model_package": "none",
        "macro_f1": None,
        "accuracy": None,
    }


def test_paths_come_from_arguments(base: Path, tmp_path: Path) -> None:
    write_split(tmp_path / "other", [{"text": "good", "label": "positive"}])
    arguments = {
        "--test-directory": str(tmp_path / "other"),
        "--model-directory": str(base / "model"),
        "--output-directory": str(tmp_path / "new" / "output"),
    }
    assert evaluate.main([part for pair in arguments.items() for part in pair]) == 0
    written = json.loads(tmp_path.joinpath("new", "output", "evaluation.json").read_text())
    assert written["rows"] == 1


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
    assert evaluate.main([]) == 1
    assert message in caplog.text
    assert not base.joinpath("evaluation").exists()


def test_refuses_an_archive_that_writes_outside(
    base: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with tarfile.open(base / "model" / "model.tar.gz", mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside"))
    assert evaluate.main([]) == 1
    assert "cannot be unpacked" in caplog.text
    assert not base.joinpath("outside").exists()


def test_refuses_a_model_with_other_labels(
    base: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "angry"
    folder.mkdir()
    pack("angry", folder)
    assert evaluate.main(["--model-directory", str(folder / "model")]) == 1
    assert "answered 'angry', which is none of negative, neutral, positive" in caplog.text


def test_evaluates_what_training_exported(base: Path, trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "artifact"
    folder.mkdir()
    with tarfile.open(folder / "model.tar.gz", mode="w:gz") as archive:
        archive.add(trained, arcname=".")
    write_split(tmp_path / "plain", plain_rows(30, 500))
    arguments = ["--model-directory", str(folder), "--test-directory", str(tmp_path / "plain")]
    assert evaluate.main(arguments) == 0
    assert report(base)["metrics"]["macro_f1"]["value"] == 1.0
