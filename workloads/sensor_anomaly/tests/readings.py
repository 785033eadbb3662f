"""Invented readings."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from model_training.extraction import extract_split
from model_training.workload import Array, Arrays, Pieces

from workloads.sensor_anomaly.detector.readings import READINGS
from workloads.sensor_anomaly.model import WORKLOAD


def columns(numbers: Mapping[str, list[float]], said: list[bool | None]) -> Arrays:
    """Columns of a training set; numbers that are not named are 0, None says nothing."""
    zeros: Array = np.zeros(len(said))
    return {
        **{name: np.array(numbers[name]) if name in numbers else zeros for name in READINGS},
        "labelled": np.array([one is not None for one in said]),
        "anomalous": np.array([bool(one) for one in said]),
    }


def passes(rows: Arrays) -> Pieces:
    """Returns the pieces of a split, as training does."""
    return extract_split(WORKLOAD, rows, "train").pieces


def plain_reading(number: int) -> dict[str, object]:
    """A row of a training set. In one of ten readings f1 is high and f9 is not what f8 foretells;
    one of three is labelled."""
    anomalous = number % 10 == 0
    labelled = number % 3 == 0
    level = float(number % 7)
    return {
        "example_id": f"r{number}",
        **dict.fromkeys(READINGS, 0.0),
        "f1": 90.0 if anomalous else 40.0 + level,
        "f8": level * 2,
        "f9": 90.0 if anomalous else level,
        "labelled": labelled,
        "anomalous": anomalous and labelled,
    }
