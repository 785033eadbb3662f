"""A network's outputs for whole splits."""

from __future__ import annotations

from collections.abc import Mapping

import keras
import numpy as np
import tensorflow as tf

from model_training.batches import Split, batches_in_order
from model_training.workload import Arrays, Columns


class Predictor:
    """Calls a network, traced once however often its weights change and it is asked again."""

    def __init__(self, network: keras.Model, specification: Mapping[str, tf.TensorSpec]) -> None:
        """Takes the network; nothing is traced yet.

        Args:
            network: The network.
            specification: The types of a batch of its features.
        """

        @tf.function(input_signature=[specification])  # type: ignore[untyped-decorator]
        def outputs(features: Columns) -> Columns:
            return dict(network(features, training=False))

        self._outputs = outputs

    def outputs(self, split: Split) -> Arrays:
        """Returns the outputs for every row of a split, in order."""
        parts = [self._outputs(features) for features, _, _ in batches_in_order(split)]
        return {name: np.concatenate([part[name].numpy() for part in parts]) for name in parts[0]}
