from __future__ import annotations

import json
from typing import Any

import pytest
import tensorflow as tf
from model_training.columns import Column
from model_training.prediction_schema import PredictionSchema, read_prediction_schema
from model_training.problems import InputError

from tests.python.training.training_sets import OTHER_WORKLOADS


def schema(prediction: dict[str, Any], instance: dict[str, Any] | None = None) -> str:
    sides = {"instance": instance or {"leaves": {"type": "integer"}}, "prediction": prediction}
    return json.dumps({"properties": {side: {"properties": of} for side, of in sides.items()}})


def test_reads_names_types_and_lengths() -> None:
    text = OTHER_WORKLOADS.joinpath("greenhouse", "prediction.schema.json").read_text()
    assert read_prediction_schema(text) == PredictionSchema(
        instance=(
            Column("species", "string"),
            Column("leaves", "integer"),
            Column("humidity", "number"),
            Column("watered", "boolean"),
            Column("growth", "number", array=True),
            Column("pests", "string", array=True),
        ),
        prediction=(
            Column("grams", "number"),
            Column("ripe", "boolean"),
            Column("rank", "integer"),
            Column("companions", "string", array=True, length=2),
        ),
    )


@pytest.mark.parametrize(
    ("column", "specification"),
    [
        (Column("a", "string"), tf.TensorSpec([None], tf.string, "a")),
        (Column("a", "integer"), tf.TensorSpec([None], tf.int64, "a")),
        (Column("a", "number", True), tf.TensorSpec([None, None], tf.float64, "a")),
        (Column("a", "boolean", True, 3), tf.TensorSpec([None, 3], tf.bool, "a")),
    ],
)
def test_a_field_is_a_tensor(column: Column, specification: tf.TensorSpec) -> None:
    assert column.specification == specification


def test_an_instance_may_have_an_array_of_one_length() -> None:
    fixed = {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "number"}}
    text = schema({"a": {"type": "number"}, "b": {"type": "number"}}, {"x": fixed})
    assert read_prediction_schema(text).instance == (Column("x", "number", True, 3),)


def test_names_all_fields_that_cannot_be_served() -> None:
    text = schema(
        {
            "a": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number"}},
            "b": {"type": ["number", "null"]},
        },
        {"x": {"type": "object"}, "y": {"type": "array", "items": {"type": "array"}}},
    )
    with pytest.raises(InputError) as caught:
        read_prediction_schema(text)
    kinds = "must be one of string, integer, number, boolean or an array of one of them"
    assert str(caught.value) == (
        f"prediction.schema.json cannot be used: instance.x {kinds}, received 'object'; "
        f"instance.y {kinds}, received 'array'; "
        "prediction.a must have a fixed length, received minItems 1 and maxItems 3; "
        f"prediction.b {kinds}, received ['number', 'null']."
    )


def test_a_prediction_has_at_least_two_fields() -> None:
    with pytest.raises(InputError, match="prediction must have at least two fields"):
        read_prediction_schema(schema({"a": {"type": "number"}}))


def test_a_training_set_may_have_more_columns_than_an_instance() -> None:
    wanted = PredictionSchema((Column("growth", "number", True, 3),), ())
    wanted.check_columns([Column("grams", "number"), Column("growth", "number", array=True)])


def test_names_all_columns_that_a_training_set_lacks() -> None:
    wanted = PredictionSchema(
        (
            Column("leaves", "integer"),
            Column("growth", "number", array=True),
            Column("pests", "string", array=True),
        ),
        (),
    )
    with pytest.raises(InputError) as caught:
        wanted.check_columns([Column("growth", "number"), Column("pests", "integer", array=True)])
    assert str(caught.value) == (
        "The training set does not have the fields of prediction.schema.json: "
        "leaves (integer) is missing; growth must be an array of numbers, is a number; "
        "pests must be an array of strings, is an array of integers. "
        "Let training_set.py select these columns and build the training set again."
    )
