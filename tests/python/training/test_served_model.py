from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from model_training.columns import Column
from model_training.problems import InputError
from model_training.served_model import ServedModel

from tests.python.training.climate_rooms import COLUMNS, Room, save_model

PREDICTION = [
    Column("warm", "boolean"),
    Column("degrees", "number"),
    Column("nearest", "string", True, 2),
]
ROWS = {
    "temperatures": np.array([[10.0, 0.0], [9.5, 10.5]] * 150),
    "place": np.array(["café", "hall"] * 150, dtype=np.object_),
    "level": np.array([2**53 + 1, 0] * 150, dtype=np.int64),
    "indoors": np.array([False, True] * 150),
}


class Answers(tf.Module):  # type: ignore[misc]
    """Returns the given predictions for every row."""

    def __init__(self, **answers: Any) -> None:
        super().__init__()
        self._answers = answers

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="place")])  # type: ignore[untyped-decorator]
    def predict(self, place: Any) -> dict[str, Any]:
        """Repeats the predictions."""
        return {
            name: tf.repeat(tf.constant([value]), tf.shape(place)[0], axis=0)
            for name, value in self._answers.items()
        }


class Lists(tf.Module):  # type: ignore[misc]
    """Has inputs that the training set lacks."""

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None], tf.float64, name="level"),
            tf.TensorSpec([None, None], tf.string, name="place"),
            tf.TensorSpec([None], tf.string, name="street"),
            tf.TensorSpec([None], tf.bool, name="indoors"),
        ]
    )
    def predict(self, level: Any, place: Any, street: Any, indoors: Any) -> dict[str, Any]:
        """Nearly nothing of the schema."""
        return {
            "warm": tf.cast(level, tf.int64),
            "nearest": street + place[:, 0],
            "indoors": indoors,
        }


class Failing(tf.Module):  # type: ignore[misc]
    """Fails on an unknown place."""

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="place")])  # type: ignore[untyped-decorator]
    def predict(self, place: Any) -> dict[str, Any]:
        """Fails, except for `hall`."""
        with tf.control_dependencies([tf.debugging.assert_equal(place, "hall", "what place?")]):
            return {"warm": place == "hall", "degrees": tf.ones_like(place, tf.float64)}


def test_answers_every_row_as_the_schema_says(tmp_path: Path) -> None:
    model = ServedModel(save_model(tmp_path, Room(20.0)), COLUMNS, PREDICTION)
    answers = model.answer(ROWS)
    # More rows than are asked at once.
    assert answers["warm"].tolist() == [True, True] * 150
    assert answers["degrees"].tolist() == [2.0**53, 20.0] * 150
    assert answers["nearest"].tolist() == [["café", "café"], ["hall", "hall"]] * 150
    assert list(answers) == ["warm", "degrees", "nearest"]


def test_names_all_differences_from_the_training_set(tmp_path: Path) -> None:
    saved = save_model(tmp_path, Lists())
    with pytest.raises(InputError) as caught:
        ServedModel(saved, COLUMNS, PREDICTION)
    problems = str(caught.value).removeprefix("The model does not fit: ").removesuffix(".")
    assert sorted(problems.split("; ")) == [
        "it has no output degrees (number)",
        "its input level is float64, the training set's integer",
        "its input place is array of string, the training set's string",
        "its input street is not a column of the training set",
        "its output nearest is string, the prediction schema says array of 2 strings",
        "its output warm is int64, the prediction schema says boolean",
    ]


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (
            Answers(warm=True, degrees=float("nan"), nearest=["a", "b"]),
            "The model's output degrees has a number that is not finite.",
        ),
        (
            Answers(warm=True, degrees=1.0, nearest=["a", "b", "c"]),
            "The model's output nearest has 3 items, the prediction schema says 2.",
        ),
    ],
)
def test_refuses_answers_that_the_schema_does_not_allow(
    tmp_path: Path, module: tf.Module, message: str
) -> None:
    model = ServedModel(save_model(tmp_path, module), COLUMNS, PREDICTION)
    with pytest.raises(InputError) as caught:
        model.answer(ROWS)
    assert str(caught.value) == message


def test_names_the_rows_on_which_a_model_fails(tmp_path: Path) -> None:
    model = ServedModel(save_model(tmp_path, Failing()), COLUMNS, PREDICTION[:2])
    rows = np.array(["hall"] * 299 + ["moon"], dtype=np.object_)
    with pytest.raises(InputError) as caught:
        model.answer({"place": rows})
    assert str(caught.value).startswith(
        "The model fails on rows 257 to 300 of the test split: assertion failed: [what place?] "
    )


def test_says_which_signatures_there_are(tmp_path: Path) -> None:
    module = Room(20.0)
    tf.saved_model.save(module, str(tmp_path), signatures={"other": module.predict})
    with pytest.raises(InputError) as caught:
        ServedModel(tmp_path, COLUMNS, PREDICTION)
    assert str(caught.value) == (
        "The model needs a signature serving_default, its signatures are other."
    )


def test_says_that_a_file_is_not_a_model(tmp_path: Path) -> None:
    tmp_path.joinpath("saved_model.pb").write_bytes(b"no model")
    with pytest.raises(InputError, match="^TensorFlow cannot load the model: .+"):
        ServedModel(tmp_path, COLUMNS, PREDICTION)
