"""An exported model, asked as the API asks it: by the signature that is served."""

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

_ROWS_AT_ONCE = 256
_PLACES = ("Graph execution error", "Detected at node", "<stack traces", "\t", " ")


class ServedModel:
    """A model that can be measured on a training set.

    It can be measured when every input of its signature is a column of the training set, of that
    column's type, and when it answers every field of the prediction schema in that field's type.
    What it answers beside them does not matter: it is not judged.
    """

    def __init__(
        self, saved_model: Path, columns: Iterable[Column], prediction: Sequence[Column]
    ) -> None:
        """Loads a model and compares its signature with what there is to ask and to judge.

        Args:
            saved_model: Folder with `saved_model.pb`.
            columns: Of the training set.
            prediction: Fields of the prediction schema.

        Raises:
            InputError: It cannot be loaded, or does not fit; all reasons are named.
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
        # The signature's variables live as long as the object they were loaded with.
        self._loaded = loaded
        self._signature = signature
        self._prediction = prediction

    def answer(self, rows: Arrays) -> Arrays:
        """Asks for a prediction of every row.

        Args:
            rows: The columns of the training set; an array is asked with its padding.

        Returns:
            Per field of the prediction schema [rows] or [rows, items]; strings are objects.

        Raises:
            InputError: The model fails, or answers what the schema does not allow.
        """
        return answers_to(self._signature, self._inputs, self._prediction, rows)


def answers_to(
    signature: Callable[..., Mapping[str, tf.Tensor]],
    inputs: Mapping[str, tf.TensorSpec],
    prediction: Sequence[Column],
    rows: Arrays,
    finite: bool = True,
) -> Arrays:
    """Asks a served function for a prediction of every row.

    Args:
        signature: The function, of inputs by name to fields of a prediction.
        inputs: What it takes.
        prediction: Fields of the prediction schema.
        rows: The columns of a training set; an array is asked with its padding.
        finite: Whether a number must be one; of an untrained network it need not.

    Returns:
        Per field of the prediction schema [rows] or [rows, items]; strings are objects.

    Raises:
        InputError: The function fails, or answers what the schema does not allow.
    """
    parts: dict[str, list[Array]] = {field.name: [] for field in prediction}
    count = count_rows(rows)
    for start in range(0, count, _ROWS_AT_ONCE):
        asked = slice(start, min(start + _ROWS_AT_ONCE, count))
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
            yield f"its input {name} is no column of the training set"
        elif (spec.dtype, spec.shape.rank) != _kind(column):
            yield f"its input {name} is {_described(spec)}, the training set's {column.described}"


def _output_problems(
    outputs: Mapping[str, tf.TensorSpec], prediction: Iterable[Column]
) -> Iterator[str]:
    for field in prediction:
        spec = outputs.get(field.name)
        if spec is None:
            yield f"it does not answer {field.name} ({field.described})"
        elif (_answered(spec.dtype), spec.shape.rank) != _kind(field):
            yield (
                f"it answers {field.name} as {_described(spec)}, "
                f"the prediction schema says {field.described}"
            )


def _kind(column: Column) -> tuple[tf.DType, int]:
    return column.specification.dtype, column.specification.shape.rank


def _answered(dtype: tf.DType) -> tf.DType:
    """JSON has one kind of fraction: a network's float32 is a number, too."""
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
            f"The model answers {field.name} with {values.shape[1]} items, "
            f"the prediction schema says {field.length}."
        )
    if finite and field.type == "number" and not np.isfinite(values).all():
        raise InputError(f"The model answers {field.name} with a number that is not finite.")
    return values


def reason(error: Exception) -> str:
    """The line that says what is wrong, among those that say in which node of which graph."""
    lines = [
        line.strip()
        for line in str(error).splitlines()
        if line.strip() and not line.startswith(_PLACES)
    ]
    return lines[0].rstrip(".:") if lines else type(error).__name__
