"""A workload together with what it learned of a training split before the first batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

import keras
import tensorflow as tf

from model_training.batches import Split, join
from model_training.columns import as_tensors, tensor_type
from model_training.examples import in_pieces
from model_training.problems import InputError
from model_training.workload import Arrays, Columns, Options, Prepared, Workload


@dataclass(frozen=True)
class PreparedWorkload(Generic[Prepared, Options]):
    """What is trained.

    Attributes:
        workload: Its model.
        prepared: What `prepare` returned, the same on every instance.
        options: How to train.
    """

    workload: Workload[Prepared, Options]
    prepared: Prepared
    options: Options

    def network(self) -> keras.Model:
        """Builds an untrained network."""
        return self.workload.network(self.prepared, self.options)

    def extract(self, rows: Arrays, split: str) -> Split:
        """Runs `features` and `targets` once over a whole split.

        Args:
            rows: The split.
            split: Its name, for messages.

        Raises:
            InputError: The workload refuses rows or leaves all of them out, or returns features
                that cannot be joined.
        """

        signature = {
            name: tf.TensorSpec([None] * column.ndim, tensor_type(column), name=name)
            for name, column in rows.items()
        }

        @tf.function(input_signature=[signature])  # type: ignore[untyped-decorator]
        def piece(columns: Columns) -> tuple[Columns, tf.Tensor, tf.Tensor]:
            targets, weights = self.workload.targets(columns, self.prepared)
            return self.workload.features(columns, self.prepared), targets, weights

        parts = []
        for columns in in_pieces(rows)():
            try:
                parts.append(piece(as_tensors(columns)))
            except tf.errors.InvalidArgumentError as error:
                raise InputError(
                    f"Split {split}: the workload refuses a row: {error.message}"
                ) from error
        extracted = join(parts)
        if not tf.reduce_any(extracted.weights > 0):
            raise InputError(
                f"Split {split}: the workload gives each of its {len(extracted)} row(s) the "
                "weight 0, so none is left."
            )
        return extracted
