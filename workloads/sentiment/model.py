"""The sentiment model: a text classifier of two heads, from posts to label and scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import tensorflow as tf
from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions, option
from model_training.workload import Array, Arrays, Columns, Pieces, Workload

from workloads.sentiment.classifier import preparation, quality
from workloads.sentiment.classifier.class_weights import classes_of
from workloads.sentiment.classifier.features import extract, without_padding
from workloads.sentiment.classifier.loss import heads_loss
from workloads.sentiment.classifier.network import LOGITS, average_scores, build_network
from workloads.sentiment.classifier.normalisation import normalise
from workloads.sentiment.classifier.preparation import Preparation
from workloads.sentiment.classifier.serving import classify


@dataclass(frozen=True)
class SentimentOptions(TrainingOptions):
    """How to train; the defaults were chosen on validation splits.

    Attributes:
        label_smoothing: Share of each label spread over all classes: human labels of sentiment are
            wrong now and then.
    """

    label_smoothing: float = option(0.1, minimum=0, maximum=0.9)


class SentimentModel:
    """`Workload` of posts: texts in, label and scores out."""

    options = SentimentOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns the ragged ids of posts, by the fields of `Features`."""
        return without_padding(extract(normalise(rows["text"])))._asdict()

    def prepare(self, train: Pieces, options: SentimentOptions) -> Preparation:
        """Collects vocabulary, weights of n-grams and weights of classes."""
        return preparation.prepare(train)

    def features(self, extracted: Columns, prepared: Preparation) -> Columns:
        """Returns the ids as they are; the network holds what is known of them."""
        return extracted

    def targets(self, rows: Columns, prepared: Preparation) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns classes, and their weights: every class counts the same."""
        classes = classes_of(rows["label"])
        return classes, tf.gather(tf.constant(prepared.class_weights), classes)

    def network(self, prepared: Preparation, options: SentimentOptions) -> keras.Model:
        """Builds the network for the training split's vocabulary."""
        return build_network(prepared.statistics)

    def loss(self, targets: tf.Tensor, outputs: Columns, options: SentimentOptions) -> tf.Tensor:
        """Returns the heads' cross-entropies, added up."""
        return heads_loss(targets, outputs[LOGITS], options.label_smoothing)

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the macro-F1 of the most probable classes."""
        scores = average_scores(tf.constant(outputs[LOGITS]))
        return quality.macro_f1(targets, scores.numpy().argmax(axis=-1))

    def serving(
        self, network: keras.Model, prepared: Preparation, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns label and scores of `text`."""

        def answer(rows: Columns) -> Columns:
            return classify(network, rows["text"])

        return answer

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Compares answered labels with those of people."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Preparation, SentimentOptions] = SentimentModel()
