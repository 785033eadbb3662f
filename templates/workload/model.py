"""The model of support tickets: words of the subject, waiting time and plan.

Training calls the methods of `WORKLOAD` in the order of this file; docs/models.md describes their
arguments and results.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from model_training.columns import as_tensors
from model_training.curves import average_precision
from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions, option
from model_training.workload import Array, Arrays, Columns, Pieces, Workload

from . import quality

# Names of extracted features, of the network's inputs and of its output.
WORDS, WAITING, PLAN = "words", "waiting", "plan"
NUMBERS = "numbers"
LOGIT = "logit"

_PLANS = ("free", "team", "business")
_DIMENSIONS = 16


@dataclass(frozen=True)
class TicketOptions(TrainingOptions):
    """Hyperparameters. Each is also an argument of training/train.py: --word-buckets 500.

    Attributes:
        word_buckets: Rows of the embedding. Words in the same row are the same to the model.
    """

    epochs: int = option(8, minimum=1)
    batch_size: int = option(64, minimum=1)
    learning_rate: float = option(0.01, minimum=1e-9)
    word_buckets: int = option(1024, minimum=2)


@dataclass(frozen=True)
class Prepared:
    """Statistics of the training split.

    Attributes:
        word_buckets: Rows of the embedding.
        mean: Mean of the logarithm of the waiting times.
        deviation: Its standard deviation, above 0.
    """

    word_buckets: int
    mean: float
    deviation: float


class TicketModel:
    """`Workload` of tickets: from subject, waiting time and plan to score and verdict."""

    options = TicketOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns the words of each ticket, and its numbers without scaling."""
        lower = tf.strings.lower(rows["subject"], encoding="utf-8")
        words = tf.strings.split(tf.strings.regex_replace(lower, r"[^\pL\pN]+", " "))
        # One more hour matters on the first day, not in the third week: hence the logarithm.
        waiting = tf.math.log1p(tf.cast(rows["waiting_minutes"], tf.float32))
        plan = tf.cast(rows["plan"][:, tf.newaxis] == tf.constant(_PLANS), tf.float32)
        return {WORDS: words, WAITING: waiting, PLAN: plan}

    def prepare(self, train: Pieces, options: TicketOptions) -> Prepared:
        """Computes mean and deviation of the waiting times."""
        waiting = np.concatenate([extracted[WAITING].numpy() for _, extracted in train()])
        deviation = float(waiting.std())
        return Prepared(options.word_buckets, float(waiting.mean()), deviation or 1.0)

    def features(self, extracted: Columns, prepared: Prepared) -> Columns:
        """Returns the words as ragged rows of the embedding, and the scaled numbers.

        Hashed words need no vocabulary, so only the network is saved.
        """
        # Row 0 is the padding of shorter subjects in a batch.
        words = tf.ragged.map_flat_values(
            lambda word: tf.strings.to_hash_bucket_fast(word, prepared.word_buckets - 1) + 1,
            extracted[WORDS],
        )
        waiting = (extracted[WAITING] - prepared.mean) / prepared.deviation
        return {
            WORDS: words,
            NUMBERS: tf.concat([waiting[:, tf.newaxis], extracted[PLAN]], axis=1),
        }

    def targets(self, rows: Columns, prepared: Prepared) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the labels, 0 or 1; every ticket has the same weight."""
        targets = tf.cast(rows["urgent"], tf.float32)
        return targets, tf.ones_like(targets)

    def network(self, prepared: Prepared, options: TicketOptions) -> keras.Model:
        """Builds the network over the mean of the word vectors and the numbers."""
        words = keras.Input((None,), dtype="int64", name=WORDS)
        numbers = keras.Input((1 + len(_PLANS),), name=NUMBERS)
        vectors = keras.layers.Embedding(prepared.word_buckets, _DIMENSIONS)(words)
        is_word = keras.ops.cast(words[:, :, None] > 0, "float32")
        # A subject may have no word.
        count = keras.ops.maximum(keras.ops.sum(is_word, axis=1), 1.0)
        mean = keras.ops.sum(vectors * is_word, axis=1) / count
        known = keras.layers.Concatenate()([mean, numbers])
        hidden = keras.layers.Dense(_DIMENSIONS, activation="relu")(known)
        logit = keras.layers.Dense(1)(hidden)[:, 0]
        return keras.Model(inputs={WORDS: words, NUMBERS: numbers}, outputs={LOGIT: logit})

    def loss(self, targets: tf.Tensor, outputs: Columns, options: TicketOptions) -> tf.Tensor:
        """Returns the cross-entropy of each ticket."""
        return tf.nn.sigmoid_cross_entropy_with_logits(targets, outputs[LOGIT])

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the average precision on the validation split; the best epoch is kept."""
        urgent = targets > 0
        return average_precision(urgent, outputs[LOGIT]) if urgent.any() else 0.0

    def serving(
        self, network: keras.Model, prepared: Prepared, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns score and verdict; the validation split determines the threshold."""

        def score(rows: Columns) -> tf.Tensor:
            features = self.features(self.extract(rows), prepared)
            # Training pads batches; serving must pad them here.
            padded = {WORDS: features[WORDS].to_tensor(), NUMBERS: features[NUMBERS]}
            logit = network(padded, training=False)[LOGIT]
            return tf.sigmoid(tf.cast(logit, tf.float64))

        asked = [(rows["urgent"], score(as_tensors(rows)).numpy()) for rows, _ in validation()]
        urgent, scores = (np.concatenate(parts) for parts in zip(*asked, strict=True))
        threshold = quality.best_threshold(urgent, scores)

        def answer(rows: Columns) -> Columns:
            scored = score(rows)
            return {"score": scored, "urgent": scored >= threshold}

        return answer

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Compares scores and verdicts with the labels."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Prepared, TicketOptions] = TicketModel()
