"""The model of support tickets: the words of the subject, how long somebody waits, and the plan.

Training calls the methods of `WORKLOAD` in the order in which they stand here; docs/models.md says
what each gets and must give.
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

# Names of what is extracted, of the network's inputs and of its output.
WORDS, WAITING, PLAN = "words", "waiting", "plan"
NUMBERS = "numbers"
LOGIT = "logit"

_PLANS = ("free", "team", "business")
_DIMENSIONS = 16


@dataclass(frozen=True)
class TicketOptions(TrainingOptions):
    """How to train. Each is an argument of training/train.py, too: --word-buckets 500.

    Attributes:
        word_buckets: Rows of the table of words. Words that share a row mean the same to the model.
    """

    epochs: int = option(8, minimum=1)
    batch_size: int = option(64, minimum=1)
    learning_rate: float = option(0.01, minimum=1e-9)
    word_buckets: int = option(1024, minimum=2)


@dataclass(frozen=True)
class Prepared:
    """What is known of the training split before the first batch.

    Attributes:
        word_buckets: Rows of the table of words.
        mean: Of the logarithm of the waiting times.
        deviation: Its standard deviation, above 0.
    """

    word_buckets: int
    mean: float
    deviation: float


class TicketModel:
    """`Workload` of tickets: subject, waiting time and plan in; score and verdict out."""

    options = TicketOptions

    def extract(self, rows: Columns) -> Columns:
        """Takes each ticket apart: its words, and its numbers on no scale yet."""
        lower = tf.strings.lower(rows["subject"], encoding="utf-8")
        words = tf.strings.split(tf.strings.regex_replace(lower, r"[^\pL\pN]+", " "))
        # Waiting an hour longer matters on the first day, not in the third week.
        waiting = tf.math.log1p(tf.cast(rows["waiting_minutes"], tf.float32))
        plan = tf.cast(rows["plan"][:, tf.newaxis] == tf.constant(_PLANS), tf.float32)
        return {WORDS: words, WAITING: waiting, PLAN: plan}

    def prepare(self, train: Pieces, options: TicketOptions) -> Prepared:
        """Finds the scale of the waiting times."""
        waiting = np.concatenate([extracted[WAITING].numpy() for _, extracted in train()])
        deviation = float(waiting.std())
        return Prepared(options.word_buckets, float(waiting.mean()), deviation or 1.0)

    def features(self, extracted: Columns, prepared: Prepared) -> Columns:
        """Returns the words as rows of a table, ragged, and the numbers on one scale.

        Hashed words need no vocabulary, so nothing but the network has to be saved.
        """
        # Row 0 is what shorter subjects of a batch are filled up with.
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
        """Returns what the team said, 0 or 1; every ticket counts the same."""
        targets = tf.cast(rows["urgent"], tf.float32)
        return targets, tf.ones_like(targets)

    def network(self, prepared: Prepared, options: TicketOptions) -> keras.Model:
        """Builds the network: the mean of the words' vectors beside the numbers."""
        words = keras.Input((None,), dtype="int64", name=WORDS)
        numbers = keras.Input((1 + len(_PLANS),), name=NUMBERS)
        vectors = keras.layers.Embedding(prepared.word_buckets, _DIMENSIONS)(words)
        is_word = keras.ops.cast(words[:, :, None] > 0, "float32")
        # A subject of signs alone has no word.
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
        """Returns the average precision on the validation split: the best epoch is kept."""
        urgent = targets > 0
        return average_precision(urgent, outputs[LOGIT]) if urgent.any() else 0.0

    def serving(
        self, network: keras.Model, prepared: Prepared, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns score and verdict; the validation split chooses the threshold between them."""

        def score(rows: Columns) -> tf.Tensor:
            features = self.features(self.extract(rows), prepared)
            # Training fills up the rows of a batch; here nobody else does.
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
        """Compares scores and verdicts with what the team said."""
        return quality.measure(rows, answers)


WORKLOAD: Workload[Prepared, TicketOptions] = TicketModel()
