"""The threshold, metrics and plots of predictions. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from model_training.curves import average_precision, precision_by_recall
from model_training.evaluation import Curves, Evaluation, Matrix
from model_training.problems import InputError

if TYPE_CHECKING:
    from model_training.workload import Arrays


def best_threshold(urgent: npt.NDArray[np.bool_], scores: npt.NDArray[np.floating]) -> float:
    """Chooses the lowest score of an urgent ticket: the threshold with the best F1.

    Args:
        urgent: The labels, [rows].
        scores: Scores of the same rows.

    Returns:
        One of the scores; 0.5 if no ticket is urgent.
    """
    if not urgent.any():
        return 0.5
    candidates = np.unique(scores)
    return float(max(candidates, key=lambda threshold: f1(urgent, scores >= threshold)))


def f1(urgent: npt.NDArray[np.bool_], answered: npt.NDArray[np.bool_]) -> float:
    """Returns the F1, 0 to 1; at least one row must be urgent."""
    found = np.count_nonzero(urgent & answered)
    return float(2 * found / (urgent.sum() + answered.sum()))


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares predictions with labels.

    Args:
        rows: The columns `urgent` and `plan` of the training set, [rows].
        answers: `score` and `urgent` of a prediction, [rows].

    Returns:
        The metrics that `workload.json` names, 0 to 1; plots of label by verdict, and of precision
        by recall for each plan.

    Raises:
        InputError: The labels are not of both kinds.
    """
    urgent, answered, score = rows["urgent"], answers["urgent"], answers["score"]
    if not urgent.any() or urgent.all():
        raise InputError(
            f"Of {len(urgent)} ticket(s) of the test split {int(urgent.sum())} are urgent. "
            "Expected some of both kinds: wait until more tickets are labelled."
        )
    found = int(np.count_nonzero(urgent & answered))
    return Evaluation(
        metrics={
            "average_precision": average_precision(urgent, score),
            "precision": found / max(1, int(answered.sum())),
            "recall": found / int(urgent.sum()),
            "f1": f1(urgent, answered),
        },
        plots=(
            Matrix(
                title="Verdicts",
                note="Tickets of the test split by label and predicted verdict.",
                row_title="label",
                rows=("can wait", "urgent"),
                column_title="predicted",
                columns=("can wait", "urgent"),
                counts=[
                    [
                        int(np.count_nonzero((urgent == label) & (answered == verdict)))
                        for verdict in (False, True)
                    ]
                    for label in (False, True)
                ],
            ),
            Curves(
                title="Precision and recall by plan",
                note="For every threshold of the score: the share of tickets above it that are "
                "urgent (precision), by the share of urgent tickets that are above it (recall).",
                x_title="recall",
                y_title="precision",
                lines={
                    str(plan): precision_by_recall(
                        urgent[rows["plan"] == plan], score[rows["plan"] == plan]
                    )
                    for plan in sorted(set(rows["plan"]))
                },
            ),
        ),
    )
