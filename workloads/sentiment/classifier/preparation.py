"""What the network and its loss must know of the training split before the first batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tensorflow as tf
from model_training.workload import Batches

from workloads.sentiment.classifier.class_weights import class_weights
from workloads.sentiment.classifier.corpus_statistics import CorpusStatistics, collect_statistics
from workloads.sentiment.classifier.features import Features, extract, without_padding
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.normalisation import normalise


@dataclass(frozen=True)
class Preparation:
    """What the training split says as a whole.

    Attributes:
        statistics: Of its words and n-grams.
        class_weights: How much a post of each class counts, float32 [classes].
    """

    statistics: CorpusStatistics
    class_weights: npt.NDArray[np.float32]


@tf.function(input_signature=[tf.TensorSpec([None], tf.string)])  # type: ignore[untyped-decorator]
def ragged_features(texts: tf.Tensor) -> Features:
    """Returns the ids of posts without padding, ragged [posts, (features)]."""
    return without_padding(extract(normalise(texts)))


def prepare(train: Batches) -> Preparation:
    """Looks at every post of the training split once."""
    counts = np.zeros(len(LABELS), dtype=np.int64)

    def pieces() -> Iterator[Features]:
        for rows in train():
            for index, label in enumerate(LABELS):
                counts[index] += np.count_nonzero(rows["label"] == label)
            yield ragged_features(tf.constant(rows["text"], tf.string))

    statistics = collect_statistics(pieces())
    return Preparation(statistics, class_weights(counts))
