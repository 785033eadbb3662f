"""A training prints its metrics, keeps the best epoch and resumes from checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
import train
from model_training.find_workload import find_workload
from model_training.fitting import Epoch
from model_training.workload import Array, Arrays

from tests.python.training.conftest import PRINTED, run_training
from tests.python.training.plants import plant
from tests.python.training.trained_model import ask
from tests.python.training.training_sets import add_other_workloads


def test_prints_what_the_metric_definition_reads(trained: Path) -> None:
    lines = trained.parent.joinpath(PRINTED).read_text().splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [f"epoch={number}" for number in range(1, 7)]
    scores = [
        dict(part.split("=") for part in line.split())["validation_score"] for line in lines[:-1]
    ]
    assert [len(score.partition(".")[2]) for score in scores] == [4] * 6
    assert float(scores[5]) > float(scores[0])
    assert -1 < float(scores[5]) < 0


def test_keeps_the_epoch_with_the_highest_score_of_the_rows_that_count(
    training_set: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_other_workloads(monkeypatch)
    # The first is that of the dry run.
    scores = iter([0.9, 0.1, 0.3, 0.2])
    seen: list[tuple[Array, Arrays]] = []

    def score(targets: Array, outputs: Arrays) -> float:
        seen.append((targets, outputs))
        return next(scores)

    monkeypatch.setattr(find_workload("greenhouse").model, "score", score)
    assert run_training(training_set, tmp_path, monkeypatch, "--epochs", "3") == 0

    # Nobody weighed every tenth plant.
    counted = [number for number in range(240, 270) if number % 10 != 9]
    assert len(seen) == 4
    for targets, outputs in seen:
        assert targets[:, 0].tolist() == [plant(number)["grams"] for number in counted]
        assert len(outputs["grams"]) == len(targets)
    # Two that have arrays of the same lengths.
    first, second = (counted.index(number) for number in (251, 263))
    first_two = [[float(outputs["grams"][at]) for at in (first, second)] for _, outputs in seen[1:]]
    assert ask(tmp_path, 251, 263)["grams"] == pytest.approx(first_two[1], abs=1e-4)
    assert first_two[1] != pytest.approx(first_two[2], abs=1e-2)


def test_resumes_from_a_checkpoint_as_if_nothing_had_happened(
    training_set: Path,
    trained: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    checkpoints = tmp_path / "checkpoints"
    checkpoints.mkdir()
    stopped = pytest.MonkeyPatch()
    report = train.report_epoch

    def interrupt(epoch: Epoch) -> None:
        report(epoch)
        if epoch.number == 4:
            raise KeyboardInterrupt

    stopped.setattr(train, "report_epoch", interrupt)
    arguments = ("--checkpoint-directory", str(checkpoints))
    with pytest.raises(KeyboardInterrupt):
        run_training(training_set, tmp_path / "model", monkeypatch, *arguments)
    stopped.undo()
    capsys.readouterr()

    assert run_training(training_set, tmp_path / "model", monkeypatch, *arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["epoch=5", "epoch=6"]
    # The seed is the same, and nothing else but the seed decides.
    whole = trained.parent.joinpath(PRINTED).read_text().splitlines()
    assert [line.split()[:3] for line in lines[:-1]] == [line.split()[:3] for line in whole[4:6]]
    grams = ask(tmp_path / "model", 3)["grams"]
    assert grams == pytest.approx(ask(trained, 3)["grams"], abs=1e-4)


def test_without_a_checkpoint_folder_none_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_other_workloads(monkeypatch)
    for folder, expected in ((tmp_path / "none", None), (tmp_path, tmp_path)):
        arguments = ["--workload", "greenhouse", "--checkpoint-directory", str(folder)]
        assert train.parse_arguments(arguments).checkpoints == expected
