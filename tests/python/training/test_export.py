from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from model_training.columns import Column
from model_training.export import ExportedModel, export_model
from model_training.prediction_schema import PredictionSchema
from model_training.problems import InputError
from model_training.workload import Columns

SCHEMA = PredictionSchema(
    instance=(Column("x", "number"), Column("tags", "string", array=True)),
    prediction=(
        Column("score", "number"),
        Column("high", "boolean"),
        Column("top", "string", array=True, length=2),
    ),
)
ROWS = {
    "x": np.array([1.0, 2.0, 3.0]),
    "tags": np.array([["a", "b"], ["c", ""], ["", ""]], dtype=np.object_),
    "unused": np.zeros(3),
}


@pytest.fixture(scope="module")
def network() -> keras.Model:
    """Doubles a number."""
    number = keras.Input((1,), name="x")
    doubled = keras.layers.Dense(1, kernel_initializer=keras.initializers.Constant(2.0))(number)
    return keras.Model({"x": number}, {"y": doubled[:, 0]})


def answers(network: keras.Model, rows: Columns) -> Columns:
    score = network({"x": tf.cast(rows["x"][:, tf.newaxis], tf.float32)})["y"]
    first = tf.strings.reduce_join(rows["tags"], axis=1)
    return {"score": score, "high": score > 3, "top": tf.stack([first, first], axis=1)}


def export(network: keras.Model, answer: Callable[[Columns], Columns], directory: Path) -> Path:
    return export_model(ExportedModel(network, answer), SCHEMA, ROWS, directory)


def test_serves_by_the_names_and_types_of_the_schema(network: keras.Model, tmp_path: Path) -> None:
    # The function is a closure: nothing but the export itself leads to the network's variables.
    written = export(network, lambda rows: answers(network, rows), tmp_path)
    assert written == tmp_path / "1"
    loaded = tf.saved_model.load(str(written))
    assert list(loaded.signatures) == ["serving_default"]
    signature = loaded.signatures["serving_default"]
    assert signature.structured_input_signature == (
        (),
        {
            "x": tf.TensorSpec([None], tf.float64, "x"),
            "tags": tf.TensorSpec([None, None], tf.string, "tags"),
        },
    )
    answered = signature(x=tf.constant([1.0, 4.0], tf.float64), tags=tf.constant([["a"], ["b"]]))
    assert {name: values.numpy().tolist() for name, values in answered.items()} == {
        "score": [2.0, 8.0],
        "high": [False, True],
        "top": [[b"a", b"a"], [b"b", b"b"]],
    }


def test_names_all_differences_from_the_schema(network: keras.Model, tmp_path: Path) -> None:
    def wrong(rows: Columns) -> Columns:
        expected = answers(network, rows)
        return {
            "score": tf.cast(expected["score"], tf.int32),
            "top": expected["top"][:, :1],
            "more": 1,
        }

    with pytest.raises(InputError) as caught:
        export(network, wrong, tmp_path)
    assert str(caught.value) == (
        "The outputs of the workload's serving function do not match prediction.schema.json: "
        "more is not a field of a prediction; "
        "score must be float64 [1] for 1 row(s), received int32 [1]; "
        "high is missing; "
        "top must be string [1, 2] for 1 row(s), received string [1, 1]; "
        "score must be float64 [2] for 2 row(s), received int32 [2]; "
        "top must be string [2, 2] for 2 row(s), received string [2, 1]."
    )
    assert not tmp_path.joinpath("1").exists()


def test_finds_a_dimension_that_only_one_row_loses(network: keras.Model, tmp_path: Path) -> None:
    def squeezed(rows: Columns) -> Columns:
        expected = answers(network, rows)
        return {**expected, "score": tf.squeeze(expected["score"])}

    with pytest.raises(InputError) as caught:
        export(network, squeezed, tmp_path)
    assert str(caught.value).endswith(
        "score must be float64 [1] for 1 row(s), received float32 []."
    )
