"""The serving function: from a history to the best items, in one graph."""

from __future__ import annotations

import keras
import tensorflow as tf
from model_training.workload import Columns

from workloads.recommendation.recommender.catalogue import NOTHING
from workloads.recommendation.recommender.features import serving_features
from workloads.recommendation.recommender.network import LINEAR, LOGITS, combine
from workloads.recommendation.recommender.preparation import Preparation

# Number of recommended items.
ANSWERED = 20

_IMPOSSIBLE = -1e9


class Recommender(tf.Module):  # type: ignore[misc]
    """Recommends items for histories."""

    def __init__(self, network: keras.Model, prepared: Preparation) -> None:
        """Keeps what must be saved."""
        super().__init__(name="recommender")
        catalogue = prepared.catalogue
        self._network = network
        self._ids = prepared.ids
        self._items = tf.constant(("", *catalogue.items), tf.string)
        self._titles = tf.constant(("", *catalogue.titles), tf.string)
        self._log_popularity = tf.constant(catalogue.log_popularity)

    def __call__(self, rows: Columns) -> Columns:
        """Returns `items`, `titles` and `scores`, [users, 20], the best first.

        A user without a known item gets the most popular items.
        """
        features = serving_features(rows["history"], self._ids)
        outputs = self._network(features._asdict(), training=False)
        logits = tf.where(
            features.asked > 0, combine(outputs[LOGITS], outputs[LINEAR]), self._log_popularity
        )
        seen = _seen(features.items, logits)
        # For a user who has seen all items, softmax would give every item the same score.
        scores = tf.where(seen, 0.0, tf.nn.softmax(tf.where(seen, _IMPOSSIBLE, logits)))
        missing = tf.maximum(ANSWERED - tf.shape(scores)[1], 0)
        best, ids = tf.math.top_k(tf.pad(scores, [[0, 0], [0, missing]]), k=ANSWERED)
        # Items that were seen, and the padding, have no score.
        ids = tf.where(best > 0, ids, NOTHING)
        return {
            "items": tf.gather(self._items, ids),
            "titles": tf.gather(self._titles, ids),
            "scores": best,
        }


def _seen(items: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Returns whether an id is in the history, [users, ids]; `NOTHING` always is."""
    users = tf.shape(items)[0]
    padded = tf.pad(items, [[0, 0], [1, 0]], constant_values=NOTHING)
    rows = tf.broadcast_to(tf.range(users)[:, tf.newaxis], tf.shape(padded))
    ones = tf.ones_like(padded)
    return tf.scatter_nd(tf.stack([rows, padded], axis=-1), ones, tf.shape(logits)) > 0
