"""Fits the network to a training split, watching macro-F1 on a validation split."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from sentiment_model.batches import (
    FeatureSplit,
    batches_in_order,
    class_weights,
    training_batches,
)
from sentiment_model.corpus_statistics import CorpusStatistics
from sentiment_model.features import Features
from sentiment_model.labels import LABELS
from sentiment_model.network import average_scores, build_network
from sentiment_model.quality import Quality, measure


@dataclass(frozen=True)
class Hyperparameters:
    """How to train.

    Attributes:
        epochs: Passes over the training split, at least 1.
        batch_size: Posts per step, over all instances.
        learning_rate: Adam's first rate; it falls along a cosine to a tenth.
        label_smoothing: Share of each label spread over all classes, from 0 to below 1: human
            labels of sentiment are wrong now and then.
        seed: Of weights, order and dropout.
    """

    epochs: int = 4
    batch_size: int = 256
    learning_rate: float = 0.002
    label_smoothing: float = 0.1
    seed: int = 20


def heads_loss(label_smoothing: float) -> Callable[[Any, Any], Any]:
    """The sum over the heads of their cross-entropy: each learns as if it were alone."""

    def loss(labels: Any, logits: Any) -> Any:
        truth = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), len(LABELS))
        truth = truth * (1 - label_smoothing) + label_smoothing / len(LABELS)
        entropy = -tf.reduce_sum(truth[:, tf.newaxis] * tf.nn.log_softmax(logits), axis=-1)
        return tf.reduce_sum(entropy, axis=-1)

    return loss


def predict_classes(network: keras.Model, split: FeatureSplit) -> npt.NDArray[np.int64]:
    """Returns the class of every post of a split, in order."""

    specification = {name: tf.TensorSpec([None, None], tf.int32) for name in Features._fields}

    @tf.function(input_signature=[specification])  # type: ignore[untyped-decorator]
    def classes(features: Any) -> Any:
        return tf.argmax(average_scores(network(features, training=False)), axis=-1)

    batches = batches_in_order(split)
    return np.concatenate([classes(batch._asdict()).numpy() for batch in batches])


class ValidationQuality(keras.callbacks.Callback):  # type: ignore[misc]
    """Measures the validation split after every epoch and keeps the weights of the best.

    Args:
        validation: The split.
        report: Called with the epoch (from 1), its figures, its loss and the seconds since training
            began.
    """

    def __init__(
        self, validation: FeatureSplit, report: Callable[[int, Quality, float, float], None]
    ) -> None:
        """Starts without a best epoch."""
        super().__init__()
        self._validation = validation
        self._report = report
        self._begin = time.monotonic()
        self._best_weights: list[Any] = []
        self.best: Quality | None = None

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Measures, reports, and remembers."""
        predicted = predict_classes(self.model, self._validation)
        quality = measure(self._validation.labels.tolist(), predicted.tolist())
        loss = float((logs or {}).get("loss", float("nan")))
        self._report(epoch + 1, quality, loss, time.monotonic() - self._begin)
        if self.best is None or quality.macro_f1 > self.best.macro_f1:
            self.best = quality
            self._best_weights = self.model.get_weights()

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        """Returns to the best epoch; a resumed run that had finished keeps what it restored."""
        if self._best_weights:
            self.model.set_weights(self._best_weights)


def fit(
    train: FeatureSplit,
    validation: FeatureSplit,
    statistics: CorpusStatistics,
    hyperparameters: Hyperparameters,
    strategy: Any,
    report: Callable[[int, Quality, float, float], None],
    checkpoint_directory: Path | None = None,
) -> keras.Model:
    """Trains a network.

    Args:
        train: What to learn from.
        validation: What decides which epoch is kept.
        statistics: Of the training split, the same on every instance.
        hyperparameters: How to train.
        strategy: Where the network's variables live.
        report: Called after every epoch, see `ValidationQuality`.
        checkpoint_directory: Where to save after every epoch and to resume from; None: nowhere.

    Returns:
        A network of its own, outside the strategy and without an optimizer, with the weights of the
        best epoch.
    """
    keras.utils.set_random_seed(hyperparameters.seed)
    batches = training_batches(
        train,
        class_weights(train.labels, len(LABELS)),
        hyperparameters.batch_size,
        hyperparameters.seed,
    )
    steps = max(1, len(train.labels) // hyperparameters.batch_size)
    with strategy.scope():
        network = build_network(statistics)
        network.compile(
            optimizer=keras.optimizers.Adam(
                learning_rate=keras.optimizers.schedules.CosineDecay(
                    initial_learning_rate=hyperparameters.learning_rate,
                    decay_steps=steps * hyperparameters.epochs,
                    alpha=0.1,
                )
            ),
            loss=heads_loss(hyperparameters.label_smoothing),
            jit_compile=False,
        )
    callbacks: list[Any] = [ValidationQuality(validation, report)]
    if checkpoint_directory is not None:
        callbacks.append(keras.callbacks.BackupAndRestore(backup_dir=str(checkpoint_directory)))
    network.fit(
        x=batches, epochs=hyperparameters.epochs, callbacks=callbacks, verbose=0, shuffle=False
    )
    trained = build_network(statistics)
    trained.set_weights(network.get_weights())
    return trained
