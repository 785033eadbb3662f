"""Figures of a classifier, from true and predicted classes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workloads.sentiment.classifier.labels import LABELS


@dataclass(frozen=True)
class Quality:
    """How well predicted classes match the true ones.

    Attributes:
        confusion: Posts by true class (row) and predicted class (column), in the order of `LABELS`.
        f1: Per class the harmonic mean of precision and recall; 0 where nothing was right.
        macro_f1: Their unweighted mean.
        accuracy: Share of right predictions.
        rows: Posts.
    """

    confusion: tuple[tuple[int, ...], ...]
    f1: tuple[float, ...]
    macro_f1: float
    accuracy: float
    rows: int


def measure(expected: Sequence[int], predicted: Sequence[int]) -> Quality:
    """Compares predictions with the truth.

    Args:
        expected: True class per post, an index into `LABELS`.
        predicted: Predicted class per post, in the same order.

    Raises:
        ValueError: The sequences differ in length or are empty.
    """
    if len(expected) != len(predicted) or not expected:
        raise ValueError(
            "Expected as many predictions as labels, at least one. "
            f"Received {len(predicted)} predictions for {len(expected)} labels."
        )
    classes = range(len(LABELS))
    counts = [[0 for _ in classes] for _ in classes]
    for true, guess in zip(expected, predicted, strict=True):
        counts[true][guess] += 1
    f1 = []
    for label in classes:
        right = counts[label][label]
        named = sum(counts[true][label] for true in classes)
        # 2 right / (2 right + false alarms + misses), where the last two are what is left of
        # the column and of the row.
        f1.append(2 * right / (named + sum(counts[label])) if right else 0.0)
    return Quality(
        confusion=tuple(tuple(row) for row in counts),
        f1=tuple(f1),
        macro_f1=sum(f1) / len(f1),
        accuracy=sum(counts[label][label] for label in classes) / len(expected),
        rows=len(expected),
    )
