"""The threshold of the score. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# The threshold if the validation split has no anomaly.
UNKNOWN = 0.5


def best_threshold(anomalous: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]) -> float:
    """Chooses the threshold with the best F1.

    Args:
        anomalous: The labels, [rows].
        scores: Scores of the same rows.

    Returns:
        The middle between the lowest score above the threshold and the next one below it.
    """
    if not anomalous.any():
        return UNKNOWN
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    ends = np.append(np.flatnonzero(np.diff(ordered)), len(scores) - 1)
    found = np.cumsum(anomalous[order])[ends]
    f1 = 2 * found / (ends + 1 + anomalous.sum())
    best = int(ends[f1.argmax()])
    below = ordered[best + 1] if best + 1 < len(ordered) else 0.0
    return float((float(ordered[best]) + float(below)) / 2)
