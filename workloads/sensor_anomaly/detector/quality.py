"""Metrics and plots of a detector's predictions. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from model_training.curves import average_precision, precision_by_recall
from model_training.evaluation import Curves, Evaluation, Matrix
from model_training.problems import InputError

from workloads.sensor_anomaly.detector.readings import READINGS

if TYPE_CHECKING:
    from model_training.workload import Array, Arrays

_LABELS = ("usual", "anomaly")
_VERDICTS = ("usual", "unusual")


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares predictions with labels, of the rows that have one.

    Args:
        rows: The columns `labelled` and `anomalous` of the training set, [rows].
        answers: `score`, `unusual` and `reading`, [rows].

    Returns:
        `average_precision`, and `precision`, `recall` and `f1` of `unusual`, 0 to 1; plots of label
        by verdict, of precision by recall, and of the most unusual numbers.

    Raises:
        InputError: The labels of these rows are not of both kinds, or the model names a number that
            does not exist.
    """
    labelled = rows["labelled"]
    anomalous = rows["anomalous"][labelled]
    if not anomalous.any() or anomalous.all():
        raise InputError(
            f"The training set has {len(anomalous)} labelled reading(s), {int(anomalous.sum())} of "
            "them anomalies. Expected some of both kinds: wait until more readings are labelled."
        )
    score, unusual = answers["score"][labelled], answers["unusual"][labelled]
    found = int(np.count_nonzero(anomalous & unusual))
    return Evaluation(
        metrics={
            "average_precision": average_precision(anomalous, score),
            "precision": found / max(1, int(unusual.sum())),
            "recall": found / int(anomalous.sum()),
            "f1": 2 * found / (int(unusual.sum()) + int(anomalous.sum())),
        },
        plots=(
            _verdicts(anomalous, unusual),
            Curves(
                title="Precision and recall",
                note="For every threshold of the score: the share of readings above it that are "
                "anomalies (precision), by the share of anomalies that are above it (recall).",
                x_title="recall",
                y_title="precision",
                lines={"anomaly": precision_by_recall(anomalous, score)},
            ),
            _most_unusual(anomalous, answers["reading"][labelled]),
        ),
    )


def _verdicts(anomalous: Array, unusual: Array) -> Matrix:
    return Matrix(
        title="Verdicts",
        note="Labelled readings of the test split by label and predicted verdict.",
        row_title="label",
        rows=_LABELS,
        column_title="predicted",
        columns=_VERDICTS,
        counts=[
            [
                int(np.count_nonzero((anomalous == said) & (unusual == answered)))
                for answered in (False, True)
            ]
            for said in (False, True)
        ],
    )


def _most_unusual(anomalous: Array, reading: Array) -> Matrix:
    unknown = sorted(set(reading.tolist()) - set(READINGS))
    if unknown:
        raise InputError(
            f"The model named the number {', '.join(map(repr, unknown))}. "
            f"Expected {', '.join(READINGS)}."
        )
    return Matrix(
        title="Most unusual number",
        note="Labelled readings of the test split by label and number with the largest residual.",
        row_title="label",
        rows=_LABELS,
        column_title="reading",
        columns=READINGS,
        counts=[
            [int(np.count_nonzero((anomalous == said) & (reading == name))) for name in READINGS]
            for said in (False, True)
        ],
    )
