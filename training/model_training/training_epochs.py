"""Trains epoch by epoch, on one instance or several.

This loop replaces `Model.fit`: Keras 3.15 cannot build its metrics from the batches of
`MultiWorkerMirroredStrategy` if they are dictionaries (a test fails when it can).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

import keras
import tensorflow as tf

from model_training.batches import Batch, Share, Split, training_batches
from model_training.prepared_workload import PreparedWorkload
from model_training.workload import Options, Prepared


class TrainingEpochs(Generic[Prepared, Options]):
    """Runs epochs.

    Attributes:
        network: The network that is trained.
        optimizer: Its optimizer.
    """

    def __init__(
        self,
        trained: PreparedWorkload[Prepared, Options],
        train: Split,
        strategy: tf.distribute.Strategy,
    ) -> None:
        """Builds the network and its optimizer.

        Args:
            trained: The prepared workload.
            train: The whole training split, on every instance.
            strategy: The distribution strategy of the network's variables.
        """
        options = trained.options
        self._trained = trained
        self._strategy = strategy
        self._train = train
        replicas = strategy.num_replicas_in_sync
        self._replica_batch = max(1, options.batch_size // replicas)
        # Every instance must take the same number of steps, or the others would wait without end.
        self._steps = max(1, len(train) // replicas // self._replica_batch)
        with strategy.scope():
            self.network = trained.network()
            self.optimizer = keras.optimizers.Adam(
                learning_rate=keras.optimizers.schedules.CosineDecay(
                    initial_learning_rate=options.learning_rate,
                    decay_steps=self._steps * options.epochs,
                    alpha=0.1,
                )
            )
            self.optimizer.build(self.network.trainable_variables)

    def run(self, epoch: int) -> float:
        """Runs one epoch; its order depends only on the seed and the epoch.

        Returns:
            The mean loss of a step.
        """

        def pipeline(context: tf.distribute.InputContext) -> tf.data.Dataset:
            share = Share(context.num_input_pipelines, context.input_pipeline_id)
            seed = self._trained.options.seed + epoch
            batches = training_batches(self._train, self._replica_batch, seed, share)
            return batches.take(self._steps)

        batches = self._strategy.distribute_datasets_from_function(pipeline)
        losses = [self._step(batch) for batch in batches]
        return float(tf.reduce_mean(tf.stack(losses)))

    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]
    def _step(self, batch: Batch) -> tf.Tensor:
        losses = self._strategy.run(self._replica_step, args=batch)
        return self._strategy.reduce(tf.distribute.ReduceOp.MEAN, losses, axis=None)

    def _replica_step(
        self, features: Mapping[str, tf.Tensor], targets: tf.Tensor, weights: tf.Tensor
    ) -> tf.Tensor:
        with tf.GradientTape() as tape:
            outputs = self.network(features, training=True)
            losses = self._trained.workload.loss(targets, outputs, self._trained.options)
            loss = tf.reduce_mean(weights * losses)
            # Gradients are summed over the replicas.
            share = loss / self._strategy.num_replicas_in_sync
        variables = self.network.trainable_variables
        gradients = tape.gradient(share, variables)
        self.optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return loss
