"""The recommendation model: from what a user acted on to the 20 best items."""

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
    """How to train; the defaults were chosen on the validation split of the demo.

    Attributes:
        largest_catalogue: Most items that are known; the most popular ones are. The linear model
            holds two numbers per pair of them, and solving it takes the cube of their number.
    """

    epochs: int = option(6, minimum=1)
    batch_size: int = option(16, minimum=1)
    learning_rate: float = option(0.003, minimum=1e-9)
    largest_catalogue: int = option(4000, minimum=1)


class RecommendationModel:
    """`Workload` of users: histories in, items, titles and scores out."""

    options = RecommendationOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns items and not titles; what their ids are, only all rows together say."""
        return {name: rows[name] for name in ("history", "next_items") if name in rows}

    def prepare(self, train: Pieces, options: RecommendationOptions) -> Preparation:
        """Collects the items, and solves the linear model."""
        return preparation.prepare(train, options.largest_catalogue)

    def features(self, extracted: Columns, prepared: Preparation) -> Columns:
        """Returns ragged ids, by the fields of `Features`."""
        features = training_features(extracted["history"], extracted["next_items"], prepared.ids)
        return dict(features._asdict())

    def targets(self, rows: Columns, prepared: Preparation) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the ids that followed, [users, 1000]; who has no known one is left out."""
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
        """Returns the NDCG@10 of the first item that followed; seen items are not left out."""
        logits = combine(tf.constant(outputs[LOGITS]), tf.constant(outputs[LINEAR])).numpy()
        wanted = np.take_along_axis(logits, targets[:, :1], axis=1)
        return float(quality.gains((logits > wanted).sum(axis=1)).mean())

    def serving(
        self, network: keras.Model, prepared: Preparation, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns the best items of `history`."""
        return Recommender(network, prepared)

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Looks for the item that followed among those that were answered."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Preparation, RecommendationOptions] = RecommendationModel()
