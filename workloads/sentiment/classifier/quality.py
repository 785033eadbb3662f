"""Metrics and plots of a sentiment model's predictions. Pure."""

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

# Posts by true label (row) and predicted label (column), in the order of `LABELS`.
Counts = npt.NDArray[np.int64]


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares predictions with the labels of people.

    Args:
        rows: The column `label` of the training set, [posts].
        answers: `label` and `score_<label>` for each of `LABELS`, [posts].

    Returns:
        `macro_f1`, `accuracy` and `f1_<label>`, 0 to 1; plots of the confusion matrix, of precision
        by recall and of the calibration.

    Raises:
        InputError: There is no post, or a label is not in `LABELS`.
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
    """Returns the unweighted mean of the classes' F1.

    Args:
        expected: True classes, indexes into `LABELS`, [posts].
        predicted: Predicted classes, [posts].
    """
    f1 = f1_of_classes(count_confusion(expected, predicted))
    return sum(f1) / len(f1)


def count_confusion(expected: Array, predicted: Array) -> Counts:
    """Counts posts by true and predicted class, both indexes into `LABELS`, [posts]."""
    counts: Counts = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    np.add.at(counts, (expected, predicted), 1)
    return counts


def f1_of_classes(counts: Counts) -> list[float]:
    """Returns the F1 of each class; 0 if no prediction was correct."""
    correct = np.diagonal(counts)
    # F1 = 2 correct / (row + column), where row and column are the sums of the confusion matrix.
    both = counts.sum(axis=0) + counts.sum(axis=1)
    return [float(2 * hit / all_) if hit else 0.0 for hit, all_ in zip(correct, both, strict=True)]


def _classes(labels: Array, who: str) -> npt.NDArray[np.int64]:
    unknown = sorted(set(labels.tolist()) - set(LABELS))
    if unknown or not len(labels):
        received = ", ".join(map(repr, unknown)) or "no post"
        raise InputError(f"{who} {received}. Expected labels: {', '.join(LABELS)}.")
    return np.array([LABELS.index(label) for label in labels.tolist()], dtype=np.int64)


def _confusion(counts: Counts) -> Matrix:
    return Matrix(
        title="Confusion",
        note="Posts of the test split by the label of people and the predicted label.",
        row_title="label",
        rows=LABELS,
        column_title="predicted",
        columns=LABELS,
        counts=counts.tolist(),
    )


def _precision_recall(expected: npt.NDArray[np.int64], answers: Arrays) -> Curves:
    return Curves(
        title="Precision and recall",
        note="Per label, for every threshold of its score: the share of posts above it that have "
        "the label (precision), by the share of the label's posts that are above it (recall).",
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
        note="Per label, in ten groups of equal size: how often posts have the label, by the mean "
        "of their scores. On the diagonal a score is a probability.",
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
    """Leaves out labels without points."""
    return {name: points for name, points in lines.items() if points}
