"""The recommendation model: from a user's history to the 20 best items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions, option
from model_training.workload import Array, Arrays, Columns, Pieces, Workload

from workloads.recommendation.recommender import preparation, quality
from workloads.recommendation.recommender.features import (
    LONGEST,
    known_ids,
    training_features,
)
from workloads.recommendation.recommender.loss import sequence_loss
from workloads.recommendation.recommender.network import LINEAR, LOGITS, build_network, combine
from workloads.recommendation.recommender.preparation import Preparation
from workloads.recommendation.recommender.serving import Recommender


@dataclass(frozen=True)
class RecommendationOptions(TrainingOptions):
    """Hyperparameters; the defaults were chosen on the validation split of the demo.

    Attributes:
        largest_catalogue: Maximum number of items; the most popular ones are kept. The linear model
            has two numbers per pair of items, and the time to solve it grows with their cube.
    """

    epochs: int = option(6, minimum=1)
    batch_size: int = option(16, minimum=1)
    learning_rate: float = option(0.003, minimum=1e-9)
    largest_catalogue: int = option(4000, minimum=1)


class RecommendationModel:
    """`Workload` of users: from histories to items, titles and scores."""

    options = RecommendationOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns the items; their ids depend on all rows together."""
        return {name: rows[name] for name in ("history", "next_items") if name in rows}

    def prepare(self, train: Pieces, options: RecommendationOptions) -> Preparation:
        """Collects the items, and solves the linear model."""
        return preparation.prepare(train, options.largest_catalogue)

    def features(self, extracted: Columns, prepared: Preparation) -> Columns:
        """Returns ragged ids, by the fields of `Features`."""
        features = training_features(extracted["history"], extracted["next_items"], prepared.ids)
        return dict(features._asdict())

    def targets(self, rows: Columns, prepared: Preparation) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the ids that followed, [users, 1000]; users without one get the weight 0."""
        followed = known_ids(rows["next_items"], prepared.ids)
        known = tf.cast(followed.row_lengths() > 0, tf.float32)
        return followed.to_tensor(shape=[None, LONGEST]), known

    def network(self, prepared: Preparation, options: RecommendationOptions) -> keras.Model:
        """Builds the network for the training split's items."""
        return build_network(prepared)

    def loss(
        self, targets: tf.Tensor, outputs: Columns, options: RecommendationOptions
    ) -> tf.Tensor:
        """Returns the mean cross-entropy of a user's items."""
        return sequence_loss(targets, outputs[LOGITS])

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the NDCG@10 of the first item that followed, among all items."""
        logits = combine(tf.constant(outputs[LOGITS]), tf.constant(outputs[LINEAR])).numpy()
        wanted = np.take_along_axis(logits, targets[:, :1], axis=1)
        return float(quality.gains((logits > wanted).sum(axis=1)).mean())

    def serving(
        self, network: keras.Model, prepared: Preparation, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns the best items of `history`."""
        return Recommender(network, prepared)

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Compares the recommended items with the item that followed."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Preparation, RecommendationOptions] = RecommendationModel()
