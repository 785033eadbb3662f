"""The model of sensor readings: an autoencoder of all readings, and a head for the labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions, option
from model_training.problems import InputError
from model_training.workload import Array, Arrays, Columns, Pieces, Workload

from workloads.sensor_anomaly.detector import quality
from workloads.sensor_anomaly.detector.loss import (
    ANOMALOUS,
    LABELLED,
    label_loss,
    reconstruction_loss,
)
from workloads.sensor_anomaly.detector.network import (
    LOGIT,
    POSITIONS,
    RESIDUALS,
    SCALED,
    build_network,
)
from workloads.sensor_anomaly.detector.readings import VALUES, stacked
from workloads.sensor_anomaly.detector.scaling import Scaling, positions, scale, scaling_of
from workloads.sensor_anomaly.detector.serving import Detector


@dataclass(frozen=True)
class SensorAnomalyOptions(TrainingOptions):
    """Hyperparameters; the defaults were chosen on validation splits.

    Attributes:
        trimmed: Share of each batch with the largest reconstruction losses, which the autoencoder
            does not learn from: about the share of unlabelled anomalies.
        label_weight: Weight of the label loss relative to the reconstruction loss. About one
            reading in ten is labelled, so 10 gives both the same weight.
    """

    epochs: int = option(12, minimum=1)
    trimmed: float = option(0.1, minimum=0, maximum=0.9)
    label_weight: float = option(10.0, minimum=0)


class SensorAnomalyModel:
    """`Workload` of readings: from nine numbers to score, verdict and most unusual number."""

    options = SensorAnomalyOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns the numbers as one tensor."""
        return {VALUES: stacked(rows)}

    def prepare(self, train: Pieces, options: SensorAnomalyOptions) -> Scaling:
        """Computes the scaling.

        Raises:
            InputError: The labels are not of both kinds, anomaly and usual.
        """
        said = np.concatenate([rows["anomalous"][rows["labelled"]] for rows, _ in train()])
        if not said.any() or said.all():
            raise InputError(
                f"Of the training readings, {len(said)} are labelled, {int(said.sum())} of them as "
                "anomalies. Expected some of both kinds: wait until more readings are labelled."
            )
        return scaling_of(np.concatenate([extracted[VALUES].numpy() for _, extracted in train()]))

    def features(self, extracted: Columns, prepared: Scaling) -> Columns:
        """Returns the scaled numbers, and their positions among the usual ones."""
        values = extracted[VALUES]
        return {SCALED: scale(values, prepared), POSITIONS: positions(values, prepared)}

    def targets(self, rows: Columns, prepared: Scaling) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the labels, float32 [rows, 2]; every reading has the weight 1."""
        said = tf.stack([rows["anomalous"], rows["labelled"]], axis=1)
        targets = tf.cast(said, tf.float32)
        return targets, tf.ones_like(targets[:, ANOMALOUS])

    def network(self, prepared: Scaling, options: SensorAnomalyOptions) -> keras.Model:
        """Builds the network."""
        return build_network()

    def loss(
        self, targets: tf.Tensor, outputs: Columns, options: SensorAnomalyOptions
    ) -> tf.Tensor:
        """Returns the weighted sum of reconstruction loss and label loss."""
        is_anomaly, labelled = targets[:, ANOMALOUS] > 0, targets[:, LABELLED] > 0
        expected = reconstruction_loss(outputs[RESIDUALS], is_anomaly, options.trimmed)
        return expected + options.label_weight * label_loss(outputs[LOGIT], is_anomaly, labelled)

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the mean log-likelihood of the labels.

        The average precision is not used: with few labelled readings it soon reaches 1.
        """
        labelled = targets[:, LABELLED] > 0
        signs = np.where(targets[labelled, ANOMALOUS] > 0, 1.0, -1.0)
        margins = signs * outputs[LOGIT][labelled].astype(np.float64)
        return float(-np.logaddexp(0.0, -margins).mean()) if labelled.any() else 0.0

    def serving(
        self, network: keras.Model, prepared: Scaling, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns score, verdict and the most unusual number."""
        return Detector(
            network, lambda rows: self.features(self.extract(rows), prepared), validation
        )

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Compares scores and verdicts with the labels."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Scaling, SensorAnomalyOptions] = SensorAnomalyModel()
