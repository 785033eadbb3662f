"""How good the answers of a sentiment model are: figures, and the plots that explain them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from model_training.curves import Points, calibration, precision_by_recall
from model_training.evaluation import Curves, Evaluation, Matrix
from model_training.problems import InputError

from workloads.sentiment.classifier.labels import LABELS

if TYPE_CHECKING:
    from model_training.workload import Array, Arrays

Counts = npt.NDArray[np.int64]
"""Posts by true label (row) and answered label (column), in the order of `LABELS`."""


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares what a model answered with what people said.

    Args:
        rows: The column `label` of the training set, [posts].
        answers: `label` and `score_<label>` for each of `LABELS`, [posts].

    Returns:
        `macro_f1`, `accuracy` and `f1_<label>`, 0 to 1; the confusion matrix, precision by recall,
        and how often a score comes true.

    Raises:
        InputError: There is no post, or a label is none of `LABELS`.
    """
    expected = _classes(rows["label"], "The training set holds")
    counts = count_confusion(expected, _classes(answers["label"], "The model answered"))
    f1 = f1_of_classes(counts)
    return Evaluation(
        metrics={
            "macro_f1": sum(f1) / len(f1),
            "accuracy": float(np.trace(counts) / counts.sum()),
            **{f"f1_{label}": value for label, value in zip(LABELS, f1, strict=True)},
        },
        plots=(
            _confusion(counts),
            _precision_recall(expected, answers),
            _calibration(expected, answers),
        ),
    )


def macro_f1(expected: Array, predicted: Array) -> float:
    """The unweighted mean of the classes' F1.

    Args:
        expected: True classes, indexes into `LABELS`, [posts].
        predicted: Predicted ones, [posts].
    """
    f1 = f1_of_classes(count_confusion(expected, predicted))
    return sum(f1) / len(f1)


def count_confusion(expected: Array, predicted: Array) -> Counts:
    """Counts posts by true and predicted class, both indexes into `LABELS`, [posts]."""
    counts: Counts = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    np.add.at(counts, (expected, predicted), 1)
    return counts


def f1_of_classes(counts: Counts) -> list[float]:
    """Per class the harmonic mean of precision and recall; 0 where nothing was right."""
    right = np.diagonal(counts)
    # 2 right / (2 right + false alarms + misses), where the last two are what is left of the column
    # and of the row.
    both = counts.sum(axis=0) + counts.sum(axis=1)
    return [float(2 * hit / all_) if hit else 0.0 for hit, all_ in zip(right, both, strict=True)]


def _classes(labels: Array, who: str) -> npt.NDArray[np.int64]:
    unknown = sorted(set(labels.tolist()) - set(LABELS))
    if unknown or not len(labels):
        received = ", ".join(map(repr, unknown)) or "no post"
        raise InputError(f"{who} {received}. Expected labels: {', '.join(LABELS)}.")
    return np.array([LABELS.index(label) for label in labels.tolist()], dtype=np.int64)


def _confusion(counts: Counts) -> Matrix:
    return Matrix(
        title="Confusion",
        note="Posts of the test split by the label that people gave and the one that was answered.",
        row_title="expected",
        rows=LABELS,
        column_title="answered",
        columns=LABELS,
        counts=counts.tolist(),
    )


def _precision_recall(expected: npt.NDArray[np.int64], answers: Arrays) -> Curves:
    return Curves(
        title="Precision and recall",
        note="Per label, for every threshold of its score: how many of the posts above it have the "
        "label, by how many of the label's posts are above it.",
        x_title="recall",
        y_title="precision",
        lines=_lines(
            {
                label: precision_by_recall(expected == index, answers[f"score_{label}"])
                for index, label in enumerate(LABELS)
            }
        ),
    )


def _calibration(expected: npt.NDArray[np.int64], answers: Arrays) -> Curves:
    return Curves(
        title="Calibration",
        note="Per label, in ten groups of as many posts each: how often posts have the label, by "
        "the mean of their scores. On the diagonal a score is a probability.",
        x_title="score",
        y_title="share of posts with the label",
        lines=_lines(
            {
                label: calibration(expected == index, answers[f"score_{label}"])
                for index, label in enumerate(LABELS)
            }
        ),
        diagonal=True,
    )


def _lines(lines: dict[str, Points]) -> dict[str, Sequence[tuple[float, float]]]:
    """Leaves out labels of which there is nothing to draw."""
    return {name: points for name, points in lines.items() if points}
