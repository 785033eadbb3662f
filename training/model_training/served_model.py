"""Predictions of a saved model, through the signature that is served."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf

from model_training.columns import Column
from model_training.examples import count_rows
from model_training.export import SIGNATURE
from model_training.problems import InputError
from model_training.workload import Array, Arrays

_ROWS_PER_PIECE = 256
_NODE_LINES = ("Graph execution error", "Detected at node", "<stack traces", "\t", " ")


class ServedModel:
    """A model that can be evaluated on a training set.

    Every input of its signature must be a column of the training set, with the column's type, and
    its outputs must include every field of the prediction schema, with the field's type. Other
    outputs are ignored.
    """

    def __init__(
        self, saved_model: Path, columns: Iterable[Column], prediction: Sequence[Column]
    ) -> None:
        """Loads a model and checks its signature.

        Args:
            saved_model: Folder with `saved_model.pb`.
            columns: Columns of the training set.
            prediction: Fields of a prediction.

        Raises:
            InputError: It cannot be loaded, or does not fit; all problems are named.
        """
        try:
            loaded = tf.saved_model.load(str(saved_model))
        except (OSError, ValueError, RuntimeError, tf.errors.OpError) as error:
            raise InputError(f"TensorFlow cannot load the model: {reason(error)}.") from error
        signature = loaded.signatures.get(SIGNATURE)
        if signature is None:
            raise InputError(
                f"The model needs a signature {SIGNATURE}, its signatures are "
                f"{', '.join(sorted(loaded.signatures)) or 'none'}."
            )
        self._inputs: Mapping[str, tf.TensorSpec] = signature.structured_input_signature[1]
        problems = [
            *_input_problems(self._inputs, {column.name: column for column in columns}),
            *_output_problems(signature.structured_outputs, prediction),
        ]
        if problems:
            raise InputError(f"The model does not fit: {'; '.join(problems)}.")
        # The signature's variables exist as long as the object that they were loaded with.
        self._loaded = loaded
        self._signature = signature
        self._prediction = prediction

    def answer(self, rows: Arrays) -> Arrays:
        """Predicts for every row.

        Args:
            rows: The columns of the training set; arrays are passed with their padding.

        Returns:
            The fields of the predictions, [rows] or [rows, items]; strings are objects.

        Raises:
            InputError: The model fails, or its outputs do not match the schema.
        """
        return answers_to(self._signature, self._inputs, self._prediction, rows)


def answers_to(
    signature: Callable[..., Mapping[str, tf.Tensor]],
    inputs: Mapping[str, tf.TensorSpec],
    prediction: Sequence[Column],
    rows: Arrays,
    finite: bool = True,
) -> Arrays:
    """Predicts for every row with a served function.

    Args:
        signature: The function, from inputs by name to fields of a prediction.
        inputs: The types of its inputs.
        prediction: Fields of a prediction.
        rows: The columns of a training set; arrays are passed with their padding.
        finite: Whether numbers must be finite; those of an untrained network need not be.

    Returns:
        The fields of the predictions, [rows] or [rows, items]; strings are objects.

    Raises:
        InputError: The function fails, or its outputs do not match the schema.
    """
    parts: dict[str, list[Array]] = {field.name: [] for field in prediction}
    count = count_rows(rows)
    for start in range(0, count, _ROWS_PER_PIECE):
        asked = slice(start, min(start + _ROWS_PER_PIECE, count))
        try:
            answers = signature(
                **{
                    name: tf.constant(rows[name][asked], spec.dtype)
                    for name, spec in inputs.items()
                }
            )
        except tf.errors.OpError as error:
            raise InputError(
                f"The model fails on rows {start + 1} to {asked.stop} of the test split: "
                f"{reason(error)}."
            ) from error
        for field in prediction:
            parts[field.name].append(_checked(field, _values(answers[field.name]), finite))
    return {name: np.concatenate(part) for name, part in parts.items()}


def _input_problems(
    inputs: Mapping[str, tf.TensorSpec], columns: Mapping[str, Column]
) -> Iterator[str]:
    for name, spec in inputs.items():
        column = columns.get(name)
        if column is None:
            yield f"its input {name} is not a column of the training set"
        elif (spec.dtype, spec.shape.rank) != _kind(column):
            yield f"its input {name} is {_described(spec)}, the training set's {column.described}"


def _output_problems(
    outputs: Mapping[str, tf.TensorSpec], prediction: Iterable[Column]
) -> Iterator[str]:
    for field in prediction:
        spec = outputs.get(field.name)
        if spec is None:
            yield f"it has no output {field.name} ({field.described})"
        elif (_answered(spec.dtype), spec.shape.rank) != _kind(field):
            yield (
                f"its output {field.name} is {_described(spec)}, "
                f"the prediction schema says {field.described}"
            )


def _kind(column: Column) -> tuple[tf.DType, int]:
    return column.specification.dtype, column.specification.shape.rank


def _answered(dtype: tf.DType) -> tf.DType:
    """A float32 is a number, too: JSON has one type of fractions."""
    return tf.float64 if dtype.is_floating else dtype


def _described(spec: tf.TensorSpec) -> str:
    dimensions = {1: "", 2: "array of "}.get(spec.shape.rank, f"tensor {spec.shape} of ")
    return f"{dimensions}{spec.dtype.name}"


def _values(answer: tf.Tensor) -> Array:
    values: Array = answer.numpy()
    if values.dtype != np.object_:
        return values
    return np.array([one.decode() for one in values.flat], dtype=np.object_).reshape(values.shape)


def _checked(field: Column, values: Array, finite: bool) -> Array:
    if field.length is not None and values.shape[1] != field.length:
        raise InputError(
            f"The model's output {field.name} has {values.shape[1]} items, "
            f"the prediction schema says {field.length}."
        )
    if finite and field.type == "number" and not np.isfinite(values).all():
        raise InputError(f"The model's output {field.name} has a number that is not finite.")
    return values


def reason(error: Exception) -> str:
    """Returns the line with the reason, without the lines about nodes and graphs."""
    lines = [
        line.strip()
        for line in str(error).splitlines()
        if line.strip() and not line.startswith(_NODE_LINES)
    ]
    return lines[0].rstrip(".:") if lines else type(error).__name__
