"""Curves of a score between 0 and 1, for the `measure` of a workload. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# (x, y) in the order of x, rounded to four digits.
Points = list[tuple[float, float]]

_MOST_POINTS = 101
_GROUPS = 10


def precision_by_recall(
    positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]
) -> Points:
    """Returns precision by recall for every threshold that separates scores.

    Args:
        positive: Whether the label is correct, [rows].
        scores: Score of the label, [rows].

    Returns:
        At most 101 points, evenly chosen among the thresholds, including the lowest and the
        highest; none if no row is positive.
    """
    if not positive.any():
        return []
    recall, precision = _at_thresholds(positive, scores)
    chosen = np.unique(np.linspace(0, len(recall) - 1, _MOST_POINTS).round().astype(int))
    return _points(recall[chosen], precision[chosen])


def average_precision(positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]) -> float:
    """Returns the mean of the precisions at all thresholds, weighted by the recall that each adds.

    Args:
        positive: Whether the label is correct, [rows]; at least once.
        scores: Of the label, [rows].

    Returns:
        0 to 1; 1 if every positive row has a higher score than every other row.
    """
    recall, precision = _at_thresholds(positive, scores)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def calibration(positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]) -> Points:
    """Returns how often the label is correct, by its mean score, in ten groups of the same size.

    Groups of the same size rather than of the same score width: no group is too small to give a
    meaningful share.

    Args:
        positive: Whether the label is correct, [rows].
        scores: Score of the label, [rows].

    Returns:
        One point per group that is not empty.
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
    """Returns recall and precision above each threshold that separates scores, highest first."""
    order = np.argsort(-scores, kind="stable")
    # Rows with equal scores are on the same side of every threshold.
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    found = np.cumsum(positive[order])[ends]
    return found / positive.sum(), found / (ends + 1)
