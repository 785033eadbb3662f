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

from model_training.batches import FeatureSplit, batches_in_order
from model_training.checkpoints import Checkpoints
from model_training.hyperparameters import Hyperparameters
from model_training.training_epochs import TrainingEpochs
from workloads.sentiment.classifier.corpus_statistics import CorpusStatistics
from workloads.sentiment.classifier.features import Features
from workloads.sentiment.classifier.network import average_scores, build_network
from workloads.sentiment.classifier.quality import Quality, measure


@dataclass(frozen=True)
class Epoch:
    """What an epoch came to.

    Attributes:
        number: From 1.
        loss: Mean loss of its steps.
        quality: On the validation split, after it.
        seconds: Since training began.
    """

    number: int
    loss: float
    quality: Quality
    seconds: float


def predict_classes(network: keras.Model, split: FeatureSplit) -> npt.NDArray[np.int64]:
    """Returns the class of every post of a split, in order."""

    specification = {name: tf.TensorSpec([None, None], tf.int32) for name in Features._fields}

    @tf.function(input_signature=[specification])  # type: ignore[untyped-decorator]
    def classes(features: Any) -> Any:
        return tf.argmax(average_scores(network(features, training=False)), axis=-1)

    batches = batches_in_order(split)
    return np.concatenate([classes(batch._asdict()).numpy() for batch in batches])


def fit(
    train: FeatureSplit,
    validation: FeatureSplit,
    statistics: CorpusStatistics,
    hyperparameters: Hyperparameters,
    strategy: Any,
    report: Callable[[Epoch], None],
    checkpoint_directory: Path | None = None,
    chief: bool = True,
) -> keras.Model:
    """Trains a network.

    Args:
        train: What to learn from.
        validation: What decides which epoch is kept.
        statistics: Of the training split, the same on every instance.
        hyperparameters: How to train.
        strategy: Where the network's variables live.
        report: Called after every epoch.
        checkpoint_directory: Where to save after every epoch and to resume from; None: nowhere.
        chief: Whether this instance's checkpoints count.

    Returns:
        A network of its own, outside the strategy, with the weights of the best epoch (of those
        since the last interruption).
    """
    keras.utils.set_random_seed(hyperparameters.seed)
    begin = time.monotonic()
    with strategy.scope():
        network = build_network(statistics)
    epochs = TrainingEpochs(network, train, hyperparameters, strategy)
    checkpoints = None
    finished = 0
    if checkpoint_directory is not None:
        checkpoints = Checkpoints(checkpoint_directory, network, epochs.optimizer, chief)
        finished = checkpoints.restore()
    best = measure_split(network, validation) if finished else None
    best_weights = network.get_weights()
    for number in range(finished + 1, hyperparameters.epochs + 1):
        loss = epochs.run(number)
        quality = measure_split(network, validation)
        if best is None or quality.macro_f1 > best.macro_f1:
            best, best_weights = quality, network.get_weights()
        if checkpoints is not None:
            checkpoints.save(number)
        report(Epoch(number, loss, quality, time.monotonic() - begin))
    trained = build_network(statistics)
    trained.set_weights(best_weights)
    return trained


def measure_split(network: keras.Model, split: FeatureSplit) -> Quality:
    """Measures a network on a split."""
    return measure(split.labels.tolist(), predict_classes(network, split).tolist())
