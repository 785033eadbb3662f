"""The serving function: from nine numbers to score, verdict and most unusual number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keras
import numpy as np
import tensorflow as tf
from model_training.workload import Arrays, Columns, Pieces

from workloads.sensor_anomaly.detector.network import LOGIT, RESIDUALS
from workloads.sensor_anomaly.detector.readings import READINGS
from workloads.sensor_anomaly.detector.threshold import best_threshold

_USUAL_PERCENTILE = 90
# In scaled units: a number that the others determine exactly must not dominate.
_SMALLEST_DISTANCE = 1e-3

Features = Callable[[Columns], Columns]


class Detector(tf.Module):  # type: ignore[misc]
    """Predicts for instances.

    Args:
        network: A trained network.
        features: From rows to the network's inputs.
        validation: The validation split: its labels determine the threshold, and the readings that
            are not labelled as anomalies the usual residual of each number.
    """

    def __init__(self, network: keras.Model, features: Features, validation: Pieces) -> None:
        """Computes threshold and usual residuals from the validation split."""
        super().__init__()
        self._network = network
        self._features = features
        pieces = list(self._asked(validation))
        joined = {name: np.concatenate([one[name] for one in pieces]) for name in pieces[0]}
        labelled, anomalous = joined["labelled"], joined["anomalous"]
        self.threshold = best_threshold(anomalous[labelled], joined["score"][labelled])
        usual = np.abs(joined["residuals"][~anomalous]) if (~anomalous).any() else np.zeros((1, 9))
        self.distances = np.maximum(
            np.percentile(usual, _USUAL_PERCENTILE, axis=0), _SMALLEST_DISTANCE
        ).astype(np.float32)

    def __call__(self, rows: Columns) -> Columns:
        """Returns every field of a prediction."""
        residuals, score = self._answer(rows)
        furthest = tf.argmax(tf.abs(residuals) / self.distances, axis=1)
        return {
            "score": score,
            "unusual": score >= self.threshold,
            "reading": tf.gather(tf.constant(READINGS), furthest),
        }

    def _answer(self, rows: Columns) -> tuple[tf.Tensor, tf.Tensor]:
        outputs = self._network(self._features(rows), training=False)
        # float64 distinguishes many more scores near 1 than float32.
        return outputs[RESIDUALS], tf.sigmoid(tf.cast(outputs[LOGIT], tf.float64))

    def _asked(self, split: Pieces) -> Iterator[Arrays]:
        for rows, _ in split():
            residuals, score = self._answer(
                {name: tf.constant(rows[name], tf.float64) for name in READINGS}
            )
            yield {
                "labelled": rows["labelled"],
                "anomalous": rows["anomalous"],
                "residuals": residuals.numpy(),
                "score": score.numpy(),
            }
