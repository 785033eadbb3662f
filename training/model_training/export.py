"""Saves the model with the signature and in the folder that TensorFlow Serving expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from model_training.columns import Column, as_tensors
from model_training.prediction_schema import PredictionSchema
from model_training.problems import InputError
from model_training.workload import Arrays, Columns

SIGNATURE = "serving_default"
VERSION = "1"

# One row shows whether a function drops dimensions of length 1.
_ROWS_TRIED = (1, 2)


class ExportedModel(tf.Module):  # type: ignore[misc]
    """The module that is saved: the serving function, and the network whose variables it uses."""

    def __init__(self, network: keras.Model, answer: Callable[[Columns], Columns]) -> None:
        """Keeps both, because a variable is saved only if an attribute refers to it."""
        super().__init__(name="exported_model")
        self._network = network
        self._answer = answer

    @tf.function  # type: ignore[untyped-decorator]
    def predict(self, **instances: tf.Tensor) -> Columns:
        """Predicts for instances, given by the fields of the prediction schema."""
        return dict(self._answer(instances))


def export_model(
    model: ExportedModel, schema: PredictionSchema, rows: Arrays, model_directory: Path
) -> Path:
    """Saves a model whose outputs match the prediction schema.

    Args:
        model: The module to save.
        schema: Names and types of the signature's inputs and outputs.
        rows: At least one row with every field of an instance, for example the validation split;
            the function is called with the first rows.
        model_directory: The folder that becomes model.tar.gz.

    Returns:
        The folder of the version, `model_directory/1`.

    Raises:
        InputError: The outputs do not match the schema; all differences are named.
    """
    function, problems = answering(model, schema, [rows])
    if problems:
        raise InputError(refused_answers(problems))
    directory = model_directory / VERSION
    tf.saved_model.save(model, str(directory), signatures={SIGNATURE: function})
    return directory


def refused_answers(problems: Sequence[str]) -> str:
    """Returns the message for outputs that differ from the prediction schema."""
    return (
        "The outputs of the workload's serving function do not match prediction.schema.json: "
        f"{'; '.join(problems)}."
    )


def answering(
    model: ExportedModel, schema: PredictionSchema, tried: Sequence[Arrays]
) -> tuple[Any, list[str]]:
    """Traces the function that is served, and calls it.

    Args:
        model: The module to save.
        schema: Names and types of the signature's inputs and outputs.
        tried: At least one row with every field of an instance, any number of times.

    Returns:
        The concrete function, and where its outputs differ from the schema: for the first of
        `tried` for which they do.
    """
    specifications = {field.name: field.specification for field in schema.instance}
    function = model.predict.get_concrete_function(**specifications)
    for rows in tried:
        problems: dict[str, None] = {}
        for count in _ROWS_TRIED:
            asked = as_tensors({name: rows[name][:count] for name in specifications})
            returned = min(count, len(next(iter(asked.values()))))
            answers = function(**asked)
            problems.update(dict.fromkeys(_problems(answers, schema.prediction, returned)))
        if problems:
            return function, list(problems)
    return function, []


def _problems(
    answers: Mapping[str, tf.Tensor], prediction: tuple[Column, ...], rows: int
) -> list[str]:
    """Returns where outputs differ from the schema."""
    problems = [
        f"{name} is not a field of a prediction"
        for name in answers
        if name not in {field.name for field in prediction}
    ]
    for field in prediction:
        answer = answers.get(field.name)
        if answer is None:
            problems.append(f"{field.name} is missing")
            continue
        shape = [rows, field.length] if field.array else [rows]
        right_type = answer.dtype == field.specification.dtype or (
            field.type == "number" and answer.dtype == tf.float32
        )
        if not right_type or answer.shape.as_list() != shape:
            problems.append(
                f"{field.name} must be {field.specification.dtype.name} {shape} for {rows} row(s), "
                f"received {answer.dtype.name} {answer.shape.as_list()}"
            )
    return problems
