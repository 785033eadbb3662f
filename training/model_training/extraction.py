"""Runs a workload's `extract` once per split, for `prepare`, for the network and for thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from model_training.columns import as_tensors, tensor_type
from model_training.examples import in_pieces
from model_training.problems import InputError
from model_training.workload import Arrays, Columns, Piece, Workload


@dataclass(frozen=True)
class ExtractedSplit:
    """A split, and the result of `extract` for it.

    Attributes:
        name: Name of the split, for messages.
        rows: Its columns.
        parts: The result for each piece of its rows.
        specification: The types of a part, for any number of rows.
    """

    name: str
    rows: Arrays
    parts: Sequence[Columns]
    specification: Mapping[str, tf.TypeSpec]

    def pieces(self) -> Iterator[Piece]:
        """Yields the pieces of the split."""
        for rows, extracted in zip(in_pieces(self.rows), self.parts, strict=True):
            yield Piece(rows, extracted)


class Extraction:
    """Runs `extract` of a workload's model.

    Splits with the same columns share one trace: TensorFlow takes seconds to trace what it then
    runs in milliseconds.
    """

    def __init__(self, workload: Workload[Any, Any]) -> None:
        """Takes the workload's model; nothing is traced yet."""

        @tf.function  # type: ignore[untyped-decorator]
        def extracted(columns: Columns) -> Columns:
            return dict(workload.extract(columns))

        self._extracted = extracted

    def split(self, rows: Arrays, name: str) -> ExtractedSplit:
        """Runs `extract` once over a whole split.

        Args:
            rows: The split.
            name: Name of the split.

        Raises:
            InputError: The workload refuses a row.
        """
        extracted = self._extracted.get_concrete_function(rows_specification(rows))
        specification = {
            field: tf.type_spec_from_value(values)
            for field, values in extracted.structured_outputs.items()
        }
        try:
            parts = [extracted(as_tensors(columns)) for columns in in_pieces(rows)]
        except tf.errors.InvalidArgumentError as error:
            raise refusal(name, error) from error
        return ExtractedSplit(name, rows, parts, specification)


def extract_split(workload: Workload[Any, Any], rows: Arrays, name: str) -> ExtractedSplit:
    """Runs `extract` once over a split that is the only one.

    Args:
        workload: The workload's model.
        rows: The split.
        name: Name of the split.

    Raises:
        InputError: The workload refuses a row.
    """
    return Extraction(workload).split(rows, name)


def rows_specification(rows: Arrays) -> Mapping[str, tf.TypeSpec]:
    """Returns the types of tensors of these columns, for any number of rows."""
    return {
        name: tf.TensorSpec([None] * column.ndim, tensor_type(column), name=name)
        for name, column in rows.items()
    }


def refusal(split: str, error: tf.errors.InvalidArgumentError) -> InputError:
    """Returns the error for a row that a workload's operations refuse (`tf.debugging.Assert`)."""
    return InputError(f"Split {split}: the workload refuses a row: {error.message}")
