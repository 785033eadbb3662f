from __future__ import annotations

import functools
import shutil
from pathlib import Path
from typing import Any

import pytest
import tensorflow as tf
import train
from model_training.evaluation import Evaluation
from model_training.find_workload import find_workload
from model_training.fitting import Epoch
from model_training.problems import InputError
from model_training.workload import Array, Arrays

from tests.python.training.conftest import PRINTED, ROWS, run_training
from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import add_other_workloads, write_manifest, write_split


@functools.cache
def signature_of(model: Path) -> Any:
    """What is served; it needs the object it was loaded with."""
    loaded = tf.saved_model.load(str(model / "1"))
    signature = loaded.signatures["serving_default"]
    signature.kept = loaded
    return signature


def ask(model: Path, *numbers: int) -> dict[str, list[Any]]:
    """What a model answers about plants, which need arrays of one length."""
    plants = [plant(number) for number in numbers]
    asked = {
        column.name: tf.constant([one[column.name] for one in plants], column.specification.dtype)
        for column in COLUMNS[:6]
    }
    answers = signature_of(model)(**asked)
    return {name: values.numpy().tolist() for name, values in answers.items()}


def test_exports_the_layout_of_tensorflow_serving(trained: Path) -> None:
    assert sorted(entry.name for entry in trained.iterdir()) == ["1"]
    assert trained.joinpath("1", "saved_model.pb").is_file()
    assert trained.joinpath("1", "variables", "variables.index").is_file()


def test_signature_is_that_of_the_prediction_schema(trained: Path) -> None:
    signature = signature_of(trained)
    positional, named = signature.structured_input_signature
    assert positional == ()
    assert {name: (spec.dtype.name, spec.shape.as_list()) for name, spec in named.items()} == {
        "species": ("string", [None]),
        "leaves": ("int64", [None]),
        "humidity": ("float64", [None]),
        "watered": ("bool", [None]),
        "growth": ("float64", [None, None]),
        "pests": ("string", [None, None]),
    }
    outputs = signature.structured_outputs
    assert {name: (spec.dtype.name, spec.shape.as_list()) for name, spec in outputs.items()} == {
        "grams": ("float32", [None]),
        "ripe": ("bool", [None]),
        "rank": ("int64", [None]),
        "companions": ("string", [None, 2]),
    }


def test_learns_what_a_plant_yields(trained: Path) -> None:
    # Both have three days of growth and two pests.
    answers = ask(trained, 11, 23)
    expected = [plant(11)["grams"], plant(23)["grams"]]
    assert answers["grams"] == pytest.approx(expected, abs=1.0)
    assert answers["companions"] == [[b"basil", b"basil"], [b"basil", b"basil"]]
    assert answers["rank"] == [0, 0]
    # Of the validation split, what is picked yields 5 or more.
    assert [ask(trained, number)["ripe"] for number in (0, 6)] == [[False], [True]]


def test_an_array_may_be_empty_or_longer_than_any_seen(trained: Path) -> None:
    asked = {
        "species": tf.constant(["orchid"]),
        "leaves": tf.constant([3], tf.int64),
        "humidity": tf.constant([50.0], tf.float64),
        "watered": tf.constant([False]),
    }
    for items in (0, 8):
        answers = signature_of(trained)(
            **asked,
            growth=tf.ones([1, items], tf.float64),
            pests=tf.constant([["wasp"] * items], tf.string, [1, items]),
        )
        assert answers["grams"].numpy() == pytest.approx([items], abs=1.5)


def test_another_seed_gives_another_model(
    training_set: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_training(training_set, tmp_path, monkeypatch, "--seed", "5") == 0
    assert ask(trained, 3)["grams"] != pytest.approx(ask(tmp_path, 3)["grams"], abs=1e-4)


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


def test_what_the_model_does_wrong_ends_with_all_of_it_before_the_first_epoch(
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
        "or the gate asks for. It reports error. Report the figure under that name, or name "
        "another one in workloads/greenhouse/workload.json."
    )
    assert capsys.readouterr().out == ""
    assert not tmp_path.joinpath("model").exists()


def test_a_model_that_is_none_ends_with_all_of_it_before_data_is_read(
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
