"""What the network and its loss need of the training split before the first batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from model_training.workload import Pieces

from workloads.sentiment.classifier.class_weights import class_weights
from workloads.sentiment.classifier.corpus_statistics import CorpusStatistics, collect_statistics
from workloads.sentiment.classifier.features import Features
from workloads.sentiment.classifier.labels import LABELS


@dataclass(frozen=True)
class Preparation:
    """Statistics of the training split.

    Attributes:
        statistics: Statistics of its words and n-grams.
        class_weights: Weight of a post of each class, float32 [classes].
    """

    statistics: CorpusStatistics
    class_weights: npt.NDArray[np.float32]


def prepare(train: Pieces) -> Preparation:
    """Computes the statistics in one pass over the training split.

    Args:
        train: The column `label`, and the ragged ids of `Features`.
    """
    counts = np.zeros(len(LABELS), dtype=np.int64)

    def pieces() -> Iterator[Features]:
        for piece in train():
            for index, label in enumerate(LABELS):
                counts[index] += np.count_nonzero(piece.rows["label"] == label)
            yield Features(**piece.extracted)

    statistics = collect_statistics(pieces())
    return Preparation(statistics, class_weights(counts))
