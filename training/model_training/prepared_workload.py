"""A workload together with what its `prepare` has returned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic

import keras
import tensorflow as tf

from model_training.batches import Split, join
from model_training.columns import as_tensors
from model_training.extraction import ExtractedSplit, refusal, rows_specification
from model_training.problems import InputError
from model_training.workload import Columns, Options, Prepared, Workload


@dataclass(frozen=True)
class PreparedWorkload(Generic[Prepared, Options]):
    """A workload that is ready to be trained.

    Attributes:
        workload: The workload's model.
        prepared: The result of `prepare`, the same on every instance.
        options: The hyperparameters.
    """

    workload: Workload[Prepared, Options]
    prepared: Prepared
    options: Options

    def network(self) -> keras.Model:
        """Builds an untrained network."""
        return self.workload.network(self.prepared, self.options)

    @cached_property
    def _learned(self) -> Any:
        # Kept, so that splits with the same columns share one trace.
        @tf.function  # type: ignore[untyped-decorator]
        def learned(columns: Columns, extracted: Columns) -> tuple[Columns, tf.Tensor, tf.Tensor]:
            targets, weights = self.workload.targets(columns, self.prepared)
            return dict(self.workload.features(extracted, self.prepared)), targets, weights

        return learned

    def learnable(self, split: ExtractedSplit) -> Split:
        """Runs `features` and `targets` once over a whole split.

        Raises:
            InputError: The workload refuses rows, gives all of them the weight 0, or returns
                features that cannot be concatenated.
        """

        learned = self._learned.get_concrete_function(
            rows_specification(split.rows), split.specification
        )
        try:
            parts = [learned(as_tensors(piece.rows), piece.extracted) for piece in split.pieces()]
        except tf.errors.InvalidArgumentError as error:
            raise refusal(split.name, error) from error
        joined = join(parts)
        if not tf.reduce_any(joined.weights > 0):
            raise InputError(
                f"Split {split.name}: the workload gives each of its {len(joined)} row(s) the "
                "weight 0, so no row is left."
            )
        return joined
