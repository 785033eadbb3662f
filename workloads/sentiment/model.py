"""The sentiment model: a text classifier with two heads, from posts to label and scores."""

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
    """Hyperparameters; the defaults were chosen on validation splits.

    Attributes:
        label_smoothing: Share of each label that is spread over all classes, because some of the
            labels that people give are wrong.
    """

    label_smoothing: float = option(0.1, minimum=0, maximum=0.9)


class SentimentModel:
    """`Workload` of posts: from text to label and scores."""

    options = SentimentOptions

    # AutoGraph would rewrite every function of the extraction, in search of Python's `if` and
    # loops over tensors. There are none, and without the search a training starts seconds sooner.
    @tf.autograph.experimental.do_not_convert  # type: ignore[untyped-decorator]
    def extract(self, rows: Columns) -> Columns:
        """Returns the ragged ids of posts, by the fields of `Features`."""
        return without_padding(extract(normalise(rows["text"])))._asdict()

    def prepare(self, train: Pieces, options: SentimentOptions) -> Preparation:
        """Computes the vocabulary, the weights of n-grams and the weights of classes."""
        return preparation.prepare(train)

    def features(self, extracted: Columns, prepared: Preparation) -> Columns:
        """Returns the ids unchanged; the network has their weights."""
        return extracted

    def targets(self, rows: Columns, prepared: Preparation) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns classes, and weights that give every class the same total."""
        classes = classes_of(rows["label"])
        return classes, tf.gather(tf.constant(prepared.class_weights), classes)

    def network(self, prepared: Preparation, options: SentimentOptions) -> keras.Model:
        """Builds the network for the training split's vocabulary."""
        return build_network(prepared.statistics)

    def loss(self, targets: tf.Tensor, outputs: Columns, options: SentimentOptions) -> tf.Tensor:
        """Returns the sum of the heads' cross-entropies."""
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
            answers: Columns = classify(network, rows["text"])
            return answers

        return answer

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Compares predicted labels with those of people."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Preparation, SentimentOptions] = SentimentModel()
