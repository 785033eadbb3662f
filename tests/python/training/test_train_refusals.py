"""Errors that end a training before its first epoch, with their messages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import train
from model_training.evaluation import Evaluation
from model_training.find_workload import find_workload
from model_training.problems import InputError

from tests.python.training.conftest import ROWS, run_training
from tests.python.training.plants import COLUMNS
from tests.python.training.training_sets import add_other_workloads, write_manifest, write_split


def test_options_of_the_workload_are_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    add_other_workloads(monkeypatch)
    arguments = ["--workload", "greenhouse", "--epochs", "9", "--decision-share", "0.25"]
    parsed = train.parse_arguments(arguments)
    assert parsed.workload.name == "greenhouse"
    assert parsed.options == parsed.workload.model.options(epochs=9, decision_share=0.25)
    with pytest.raises(InputError, match="--decision-share must be a number from 0 to 1, received"):
        train.parse_arguments(["--workload", "greenhouse", "--decision-share", "2"])


def test_an_unknown_workload_ends_with_a_sentence(
    training_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert run_training(training_set, tmp_path / "model", monkeypatch, "--workload", "weather") == 1
    assert "There is no workload 'weather'. Expected one of: " in caplog.text
    assert not tmp_path.joinpath("model").exists()


def test_an_empty_channel_ends_with_a_sentence(
    training_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for split in ("train", "validation"):
        write_split(tmp_path / split, [])
    shutil.copy(training_set / "manifest.json", tmp_path)
    assert run_training(tmp_path, tmp_path / "model", monkeypatch) == 1
    assert "Split train: 1 file(s) *.json.gz" in caplog.text
    assert not tmp_path.joinpath("model").exists()


def test_a_training_set_without_a_field_of_the_instance_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write_manifest(tmp_path, "greenhouse", COLUMNS[1:], ROWS)
    assert run_training(tmp_path, tmp_path / "model", monkeypatch) == 1
    assert "species (string) is missing" in caplog.text


def test_names_all_problems_of_the_model_before_the_first_epoch(
    training_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_other_workloads(monkeypatch)
    model = find_workload("greenhouse").model
    monkeypatch.setattr(model, "measure", lambda rows, answers: Evaluation({"error": 0.5}))
    monkeypatch.setattr(model, "score", lambda targets, outputs: None)
    assert run_training(training_set, tmp_path / "model", monkeypatch) == 1
    assert caplog.messages[-1] == (
        "Nothing was trained: workloads/greenhouse has 2 problems:\n"
        "  - `score` must return a number, returns NoneType.\n"
        "  - `measure` of workloads/greenhouse/model.py reports no closeness, which workload.json "
        "or the gate requires. It reports error. Report the metric under that name, or name "
        "another one in workloads/greenhouse/workload.json."
    )
    assert capsys.readouterr().out == ""
    assert not tmp_path.joinpath("model").exists()


def test_names_all_problems_of_the_module_before_data_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_other_workloads(monkeypatch)
    model = find_workload("greenhouse").model
    monkeypatch.setattr(model, "loss", lambda targets, outputs: 0.0)
    monkeypatch.setattr(model, "measure", None)
    with pytest.raises(InputError) as caught:
        train.parse_arguments(["--workload", "greenhouse"])
    assert str(caught.value) == (
        "Nothing was trained: workloads/greenhouse has 2 problems:\n"
        "  - WORKLOAD must have the method `loss(targets, outputs, options)`, has "
        "`loss(targets, outputs)`\n"
        "  - WORKLOAD has no method `measure(rows, answers)`: add it"
    )
