"""Curves of a score that says how probable something is, for the `measure` of a workload. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = list[tuple[float, float]]
"""(x, y) in the order of x, rounded to four digits."""

_MOST_POINTS = 101
_GROUPS = 10


def precision_by_recall(
    positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]
) -> Points:
    """Precision by recall for every threshold that separates scores.

    Args:
        positive: Whether the label is right, [rows].
        scores: Of the label, [rows].

    Returns:
        At most 101 points, evenly chosen among the thresholds with the lowest and the highest in
        it; none when no row is positive.
    """
    if not positive.any():
        return []
    recall, precision = _at_thresholds(positive, scores)
    chosen = np.unique(np.linspace(0, len(recall) - 1, _MOST_POINTS).round().astype(int))
    return _points(recall[chosen], precision[chosen])


def average_precision(positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]) -> float:
    """The mean of the precisions at all thresholds, weighed by the recall that each adds.

    Args:
        positive: Whether the label is right, [rows]; at least once.
        scores: Of the label, [rows].

    Returns:
        0 to 1: 1 where every positive row is above every other one.
    """
    recall, precision = _at_thresholds(positive, scores)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def calibration(positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]) -> Points:
    """How often the label is right by its mean score, in ten groups of the same size.

    Groups of the same size rather than the same width of score: none is so small that its share
    says nothing.

    Args:
        positive: Whether the label is right, [rows].
        scores: Of the label, [rows].

    Returns:
        A point per group that is not empty.
    """
    order = np.argsort(scores, kind="stable")
    groups = [rows for rows in np.array_split(order, _GROUPS) if len(rows)]
    return _points(
        np.array([scores[rows].mean() for rows in groups]),
        np.array([positive[rows].mean() for rows in groups]),
    )


def _points(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Points:
    return [(round(float(one), 4), round(float(other), 4)) for one, other in zip(x, y, strict=True)]


def _at_thresholds(
    positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]
) -> tuple[npt.NDArray[np.floating], npt.NDArray[np.floating]]:
    """Recall and precision above each threshold that separates scores, from the highest on."""
    order = np.argsort(-scores, kind="stable")
    # Rows of one score are above a threshold together.
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    found = np.cumsum(positive[order])[ends]
    return found / positive.sum(), found / (ends + 1)
