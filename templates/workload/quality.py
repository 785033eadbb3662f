"""How good answers are: the threshold, the figures, and the plots that explain them. Pure."""

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
    """Chooses the score from which on a ticket is called urgent: the one with the best F1.

    Args:
        urgent: What people said, [rows].
        scores: Of the same rows.

    Returns:
        One of the scores; 0.5 where nothing was urgent.
    """
    if not urgent.any():
        return 0.5
    candidates = np.unique(scores)
    return float(max(candidates, key=lambda threshold: f1(urgent, scores >= threshold)))


def f1(urgent: npt.NDArray[np.bool_], answered: npt.NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall, 0 to 1; at least one row is urgent."""
    found = np.count_nonzero(urgent & answered)
    return float(2 * found / (urgent.sum() + answered.sum()))


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares what a model answered with what people said.

    Args:
        rows: The columns `urgent` and `plan` of the training set, [rows].
        answers: `score` and `urgent` of a prediction, [rows].

    Returns:
        The figures that `workload.json` names, 0 to 1; what was said by what was answered, and
        precision by recall of each plan.

    Raises:
        InputError: People have not yet said both.
    """
    urgent, answered, score = rows["urgent"], answers["urgent"], answers["score"]
    if not urgent.any() or urgent.all():
        raise InputError(
            f"Of {len(urgent)} ticket(s) of the test split {int(urgent.sum())} are urgent. "
            "Expected some of either kind: wait until more have been labelled."
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
                note="Tickets of the test split by what people said and what was answered.",
                row_title="said",
                rows=("can wait", "urgent"),
                column_title="answered",
                columns=("can wait", "urgent"),
                counts=[
                    [
                        int(np.count_nonzero((urgent == said) & (answered == told)))
                        for told in (False, True)
                    ]
                    for said in (False, True)
                ],
            ),
            Curves(
                title="Precision and recall by plan",
                note="For every threshold of the score: how many of the tickets above it are "
                "urgent, by how many of the urgent ones are above it.",
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
