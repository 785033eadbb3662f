"""The export of a training: its layout, its signature, and a model that has learned."""

from __future__ import annotations

from pathlib import Path

import pytest
import tensorflow as tf

from tests.python.training.conftest import run_training
from tests.python.training.plants import plant
from tests.python.training.trained_model import ask, signature_of


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
    # Picked plants of the validation split yield 5 or more.
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
