"""Fits a workload's network, and keeps the epoch with the best validation score."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras

from model_training.batches import Split
from model_training.checkpoints import Checkpoints
from model_training.distribution import Cluster
from model_training.predictor import Predictor
from model_training.prepared_workload import PreparedWorkload
from model_training.training_epochs import TrainingEpochs
from model_training.workload import Options, Prepared


@dataclass(frozen=True)
class Splits:
    """The splits that a training uses.

    Attributes:
        train: The training split.
        validation: The split that decides which epoch is kept.
    """

    train: Split
    validation: Split


@dataclass(frozen=True)
class Epoch:
    """The result of an epoch.

    Attributes:
        number: From 1.
        loss: Mean loss of its steps.
        score: The workload's score on the validation split after it; higher is better.
        seconds: Seconds since the training started.
    """

    number: int
    loss: float
    score: float
    seconds: float


def fit(
    trained: PreparedWorkload[Prepared, Options],
    splits: Splits,
    cluster: Cluster,
    report: Callable[[Epoch], None],
    checkpoint_directory: Path | None = None,
) -> keras.Model:
    """Trains a network.

    Args:
        trained: The prepared workload, the same on every instance.
        splits: The splits.
        cluster: The instances.
        report: Called after every epoch.
        checkpoint_directory: Folder in which every epoch is saved and from which the training
            resumes; None: no checkpoints.

    Returns:
        A new network, outside the cluster's strategy, with the weights of the best epoch since the
        last interruption.
    """
    keras.utils.set_random_seed(trained.options.seed)
    begin = time.monotonic()
    epochs = TrainingEpochs(trained, splits.train, cluster.strategy)
    network = epochs.network
    predictor = Predictor(network, splits.validation.specification)
    checkpoints = None
    finished = 0
    if checkpoint_directory is not None:
        checkpoints = Checkpoints(checkpoint_directory, network, epochs.optimizer, cluster.chief)
        finished = checkpoints.restore()

    def score() -> float:
        counted = splits.validation.weights.numpy() > 0
        outputs = predictor.outputs(splits.validation)
        return trained.workload.score(
            splits.validation.targets.numpy()[counted],
            {name: values[counted] for name, values in outputs.items()},
        )

    best = score() if finished else None
    best_weights = network.get_weights()
    for number in range(finished + 1, trained.options.epochs + 1):
        loss = epochs.run(number)
        reached = score()
        if best is None or reached > best:
            best, best_weights = reached, network.get_weights()
        if checkpoints is not None:
            checkpoints.save(number)
        report(Epoch(number, loss, reached, time.monotonic() - begin))
    kept = trained.network()
    kept.set_weights(best_weights)
    return kept
