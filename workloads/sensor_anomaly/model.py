"""The model of sensor readings: an autoencoder of all of them, and a head for what people said."""

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
    """How to train; the defaults were chosen on validation splits.

    Attributes:
        trimmed: Share of each batch that the autoencoder does not learn from, those it can expect
            least: about as many as there may be anomalies that nobody has looked at.
        label_weight: How much what people said counts beside the reconstruction. About one reading
            in ten is labelled, so 10 makes both count the same.
    """

    epochs: int = option(12, minimum=1)
    trimmed: float = option(0.1, minimum=0, maximum=0.9)
    label_weight: float = option(10.0, minimum=0)


class SensorAnomalyModel:
    """`Workload` of readings: nine numbers in; score, verdict and the number that says so out."""

    options = SensorAnomalyOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns the numbers side by side."""
        return {VALUES: stacked(rows)}

    def prepare(self, train: Pieces, options: SensorAnomalyOptions) -> Scaling:
        """Finds out what is usual.

        Raises:
            InputError: People have not yet called readings both: an anomaly, and none.
        """
        said = np.concatenate([rows["anomalous"][rows["labelled"]] for rows, _ in train()])
        if not said.any() or said.all():
            raise InputError(
                f"Of the readings to learn from, {len(said)} are labelled, {int(said.sum())} of "
                "them as anomalies. Expected some of either kind: wait until more have been "
                "looked at."
            )
        return scaling_of(np.concatenate([extracted[VALUES].numpy() for _, extracted in train()]))

    def features(self, extracted: Columns, prepared: Scaling) -> Columns:
        """Returns the numbers on one scale, and where they are among the usual ones."""
        values = extracted[VALUES]
        return {SCALED: scale(values, prepared), POSITIONS: positions(values, prepared)}

    def targets(self, rows: Columns, prepared: Scaling) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns what people said, float32 [rows, 2]; every reading counts."""
        said = tf.stack([rows["anomalous"], rows["labelled"]], axis=1)
        targets = tf.cast(said, tf.float32)
        return targets, tf.ones_like(targets[:, ANOMALOUS])

    def network(self, prepared: Scaling, options: SensorAnomalyOptions) -> keras.Model:
        """Builds the network."""
        return build_network()

    def loss(
        self, targets: tf.Tensor, outputs: Columns, options: SensorAnomalyOptions
    ) -> tf.Tensor:
        """Returns the error of what was expected, and of what people said."""
        is_anomaly, labelled = targets[:, ANOMALOUS] > 0, targets[:, LABELLED] > 0
        expected = reconstruction_loss(outputs[RESIDUALS], is_anomaly, options.trimmed)
        return expected + options.label_weight * label_loss(outputs[LOGIT], is_anomaly, labelled)

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the mean log-likelihood of what people said.

        The average precision would not do: of few labelled readings it is soon 1, and says no more.
        """
        labelled = targets[:, LABELLED] > 0
        signs = np.where(targets[labelled, ANOMALOUS] > 0, 1.0, -1.0)
        margins = signs * outputs[LOGIT][labelled].astype(np.float64)
        return float(-np.logaddexp(0.0, -margins).mean()) if labelled.any() else 0.0

    def serving(
        self, network: keras.Model, prepared: Scaling, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns score, verdict and the number that says so."""
        return Detector(
            network, lambda rows: self.features(self.extract(rows), prepared), validation
        )

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Compares scores and verdicts with what people said."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Scaling, SensorAnomalyOptions] = SensorAnomalyModel()
