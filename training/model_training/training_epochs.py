"""One pass over the training split after another, on one instance or several.

A loop of its own rather than `Model.fit`: Keras 3.15 cannot build its metrics from the batches of
`MultiWorkerMirroredStrategy` when they are dictionaries.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from model_training.batches import FeatureSplit, class_weights, training_batches
from model_training.hyperparameters import Hyperparameters
from workloads.sentiment.classifier.labels import LABELS


class TrainingEpochs:
    """Runs epochs.

    Attributes:
        network: What is trained.
        optimizer: Its optimizer.
    """

    def __init__(
        self,
        network: keras.Model,
        train: FeatureSplit,
        hyperparameters: Hyperparameters,
        strategy: Any,
    ) -> None:
        """Prepares the batches and the optimizer.

        Args:
            network: A network built in the strategy's scope.
            train: What to learn from: the whole split, on every instance.
            hyperparameters: How to train.
            strategy: Where the network's variables live.
        """
        self.network = network
        self._strategy = strategy
        self._smoothing = hyperparameters.label_smoothing
        replicas = strategy.num_replicas_in_sync
        self._replica_batch = max(1, hyperparameters.batch_size // replicas)
        # Every instance must take as many steps, or the others would wait for it for ever.
        self._steps = max(1, len(train.labels) // replicas // self._replica_batch)
        self._train = train
        self._weights = class_weights(train.labels, len(LABELS))
        self._seed = hyperparameters.seed
        with strategy.scope():
            self.optimizer = keras.optimizers.Adam(
                learning_rate=keras.optimizers.schedules.CosineDecay(
                    initial_learning_rate=hyperparameters.learning_rate,
                    decay_steps=self._steps * hyperparameters.epochs,
                    alpha=0.1,
                )
            )
            self.optimizer.build(network.trainable_variables)

    def run(self, epoch: int) -> float:
        """Runs one epoch; its order depends on the seed and the epoch only.

        Returns:
            The mean loss of a step.
        """

        def pipeline(context: Any) -> Any:
            return training_batches(
                self._train,
                self._weights,
                self._replica_batch,
                self._seed + epoch,
                context.num_input_pipelines,
                context.input_pipeline_id,
            ).take(self._steps)

        batches = self._strategy.distribute_datasets_from_function(pipeline)
        losses = [self._step(batch) for batch in batches]
        return float(tf.reduce_mean(tf.stack(losses)))

    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]
    def _step(self, batch: Any) -> Any:
        losses = self._strategy.run(self._replica_step, args=batch)
        return self._strategy.reduce(tf.distribute.ReduceOp.MEAN, losses, axis=None)

    def _replica_step(self, features: Any, labels: Any, weights: Any) -> Any:
        with tf.GradientTape() as tape:
            logits = self.network(features, training=True)
            loss = tf.reduce_mean(weights * heads_loss(labels, logits, self._smoothing))
            # Gradients are summed over the replicas.
            share = loss / self._strategy.num_replicas_in_sync
        variables = self.network.trainable_variables
        gradients = tape.gradient(share, variables)
        self.optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return loss


def heads_loss(labels: Any, logits: Any, label_smoothing: float) -> Any:
    """The sum over the heads of their cross-entropy: each learns as if it were alone.

    Args:
        labels: Classes, int32 [posts].
        logits: [posts, heads, classes].
        label_smoothing: Share of each label spread over all classes.

    Returns:
        A loss per post.
    """
    truth = tf.one_hot(labels, len(LABELS)) * (1 - label_smoothing) + label_smoothing / len(LABELS)
    entropy = -tf.reduce_sum(truth[:, tf.newaxis] * tf.nn.log_softmax(logits), axis=-1)
    return tf.reduce_sum(entropy, axis=-1)
