"""Errors that end an evaluation, with their messages."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import evaluate
import pytest

from tests.python.training.climate_rooms import ALONE, CLIMATE, COLUMNS, ROOMS, write_test_split


def test_needs_a_group_to_compare_with(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        evaluate.main(CLIMATE)
    assert "--model-package-group is required, except with --compare-with none" in (
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
        "The candidate cannot be evaluated. The model does not fit: its input level is not a "
        "column "
        "of the training set."
    ]
    assert not base.joinpath("evaluation").exists()


def test_a_figure_that_is_not_reported_ends_with_a_sentence(
    base: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert evaluate.main([*ALONE, "--gate-metric", "macro_f1"]) == 1
    assert "reports no macro_f1, which workload.json or the gate requires" in caplog.text


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
