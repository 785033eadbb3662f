"""How good the answers of a detector are: figures, and the plots that explain them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from model_training.curves import average_precision, precision_by_recall
from model_training.evaluation import Curves, Evaluation, Matrix
from model_training.problems import InputError

from workloads.sensor_anomaly.detector.readings import READINGS

if TYPE_CHECKING:
    from model_training.workload import Array, Arrays

_SAID = ("usual", "anomaly")
_ANSWERED = ("usual", "unusual")


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares what a model answered with what people said, where they said something.

    Args:
        rows: The columns `labelled` and `anomalous` of the training set, [rows].
        answers: `score`, `unusual` and `reading`, [rows].

    Returns:
        `average_precision`, and `precision`, `recall` and `f1` of `unusual`, 0 to 1; what was said
        by what was answered, precision by recall, and which readings speak.

    Raises:
        InputError: Nobody has found an anomaly in these rows, or nothing but anomalies, or
            the model names a reading that there is not.
    """
    labelled = rows["labelled"]
    anomalous = rows["anomalous"][labelled]
    if not anomalous.any() or anomalous.all():
        raise InputError(
            f"The training set holds {len(anomalous)} labelled reading(s), {int(anomalous.sum())} "
            "of them anomalies. Expected some of either kind: wait until more have been looked at."
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
                note="For every threshold of the score: how many of the readings above it are "
                "anomalies, by how many of the anomalies are above it.",
                x_title="recall",
                y_title="precision",
                lines={"anomaly": precision_by_recall(anomalous, score)},
            ),
            _speakers(anomalous, answers["reading"][labelled]),
        ),
    )


def _verdicts(anomalous: Array, unusual: Array) -> Matrix:
    return Matrix(
        title="Verdicts",
        note="Labelled readings of the test split by what people said and what was answered.",
        row_title="said",
        rows=_SAID,
        column_title="answered",
        columns=_ANSWERED,
        counts=[
            [
                int(np.count_nonzero((anomalous == said) & (unusual == answered)))
                for answered in (False, True)
            ]
            for said in (False, True)
        ],
    )


def _speakers(anomalous: Array, reading: Array) -> Matrix:
    unknown = sorted(set(reading.tolist()) - set(READINGS))
    if unknown:
        raise InputError(
            f"The model answered the reading {', '.join(map(repr, unknown))}. "
            f"Expected {', '.join(READINGS)}."
        )
    return Matrix(
        title="Which reading says so",
        note="Labelled readings of the test split by what people said and the number that is "
        "furthest from what was expected.",
        row_title="said",
        rows=_SAID,
        column_title="reading",
        columns=READINGS,
        counts=[
            [int(np.count_nonzero((anomalous == said) & (reading == name))) for name in READINGS]
            for said in (False, True)
        ],
    )
