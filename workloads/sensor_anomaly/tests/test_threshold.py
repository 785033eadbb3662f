from __future__ import annotations

import numpy as np
import pytest

from workloads.sensor_anomaly.detector.threshold import best_threshold


@pytest.mark.parametrize(
    ("anomalous", "scores", "threshold"),
    [
        # All are found and nothing else: the middle between 0.75 and 0.25.
        ([True, False, True, False], [0.875, 0.25, 0.75, 0.125], 0.5),
        # One of three stands behind four others: without it F1 is 0.8, with it 0.6.
        (
            [True, True, False, False, False, False, True],
            [0.9, 0.75, 0.5, 0.4, 0.3, 0.2, 0.1],
            0.625,
        ),
        # Equal scores are found together, and nothing is below them.
        ([True, False, True], [0.5, 0.5, 0.5], 0.25),
        ([False, False], [0.9, 0.1], 0.5),
    ],
)
def test_is_the_best_for_f1(anomalous: list[bool], scores: list[float], threshold: float) -> None:
    assert best_threshold(np.array(anomalous), np.array(scores)) == threshold
