from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
import train
from model_training.fitting import Epoch

from tests.python.training.conftest import PRINTED, run_training, write_split


def test_exports_the_layout_of_tensorflow_serving(trained: Path) -> None:
    assert sorted(entry.name for entry in trained.iterdir()) == ["1"]
    assert trained.joinpath("1", "saved_model.pb").is_file()
    assert trained.joinpath("1", "variables", "variables.index").is_file()


def test_signature_takes_text_and_returns_label_and_scores(trained: Path) -> None:
    loaded = tf.saved_model.load(str(trained / "1"))
    assert list(loaded.signatures) == ["serving_default"]
    signature = loaded.signatures["serving_default"]
    positional, named = signature.structured_input_signature
    assert positional == ()
    assert {name: (spec.dtype, spec.shape.rank) for name, spec in named.items()} == {
        "text": (tf.string, 1)
    }
    outputs = signature.structured_outputs
    assert outputs["label"].dtype == tf.string
    assert outputs["label"].shape.rank == 1
    assert outputs["scores"].dtype == tf.float32
    assert outputs["scores"].shape.as_list() == [None, 3]


def test_learns_what_the_words_say(trained: Path) -> None:
    classify = tf.saved_model.load(str(trained / "1")).signatures["serving_default"]
    texts = ["it was rude and broken", "the gate number on tuesday", "lovely, thanks, perfect"]
    outputs = classify(text=tf.constant(texts))
    assert outputs["label"].numpy().tolist() == [b"negative", b"neutral", b"positive"]
    scores = outputs["scores"].numpy()
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]
    assert scores.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_scores_do_not_depend_on_the_rest_of_the_batch(trained: Path) -> None:
    classify = tf.saved_model.load(str(trained / "1")).signatures["serving_default"]
    texts = ["awful", "", "a much longer post " * 100, "\U0001f600", "@carrier thanks"]
    together = classify(text=tf.constant(texts))["scores"].numpy()
    alone = [classify(text=tf.constant([text]))["scores"].numpy()[0] for text in texts]
    assert np.isfinite(together).all()
    assert together == pytest.approx(np.stack(alone), abs=1e-5)


def test_the_same_seed_gives_the_same_model(
    training_set: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scores(model: Path) -> list[float]:
        classify = tf.saved_model.load(str(model / "1")).signatures["serving_default"]
        values = classify(text=tf.constant(["late but lovely"]))["scores"].numpy()[0]
        return [float(value) for value in values]

    assert run_training(training_set, tmp_path / "same", monkeypatch) == 0
    assert run_training(training_set, tmp_path / "other", monkeypatch, "--seed", "5") == 0

    assert scores(tmp_path / "same") == pytest.approx(scores(trained), abs=1e-4)
    assert scores(tmp_path / "other") != pytest.approx(scores(trained), abs=1e-4)


def test_prints_what_the_metric_definitions_read(trained: Path) -> None:
    lines = trained.parent.joinpath(PRINTED).read_text().splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [f"epoch={number}" for number in range(1, 5)]
    assert "validation_macro_f1=1.0000" in lines[3].split()
    assert "validation_accuracy=1.0000" in lines[3].split()


def test_resumes_from_a_checkpoint(
    training_set: Path,
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
        if epoch.number == 2:
            raise KeyboardInterrupt

    stopped.setattr(train, "report_epoch", interrupt)
    arguments = ("--checkpoint-directory", str(checkpoints))
    with pytest.raises(KeyboardInterrupt):
        run_training(training_set, tmp_path / "model", monkeypatch, *arguments)
    stopped.undo()
    capsys.readouterr()

    assert run_training(training_set, tmp_path / "model", monkeypatch, *arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["epoch=3", "epoch=4"]
    assert tmp_path.joinpath("model", "1", "saved_model.pb").is_file()


def test_without_a_checkpoint_folder_none_is_used(tmp_path: Path) -> None:
    assert train.parse_arguments(["--checkpoint-directory", str(tmp_path / "none")])[1] is None
    assert train.parse_arguments(["--checkpoint-directory", str(tmp_path)])[1] == tmp_path


def test_an_empty_channel_ends_with_a_sentence(
    training_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for split in ("train", "validation"):
        write_split(tmp_path / split, [])
    assert run_training(tmp_path, tmp_path / "model", monkeypatch) == 1
    assert "Split train: 1 file(s) *.json.gz" in caplog.text
    assert not tmp_path.joinpath("model").exists()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("--epochs", "0", "at least 1"),
        ("--batch-size", "0", "at least 1"),
        ("--learning-rate", "0", "more than 0"),
        ("--label-smoothing", "1", "from 0 to below 1"),
        ("--label-smoothing", "-0.1", "from 0 to below 1"),
        ("--seed", "-1", "from 0 to 4294967295"),
        ("--seed", "4294967296", "from 0 to 4294967295"),
    ],
)
def test_refuses_hyperparameters_outside_their_range(
    name: str, value: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        train.parse_arguments([f"{name}={value}"])
    assert caught.value.code == 2
    assert f"{name} must be {expected}, received {value}" in capsys.readouterr().err


def test_accepts_the_limits() -> None:
    hyperparameters, _ = train.parse_arguments(
        ["--epochs", "1", "--batch-size", "1", "--label-smoothing", "0", "--seed", "4294967295"]
    )
    assert (hyperparameters.epochs, hyperparameters.batch_size) == (1, 1)
    assert (hyperparameters.label_smoothing, hyperparameters.seed) == (0, 4294967295)
