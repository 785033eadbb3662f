"""The baselines: an isolation forest of all readings, and logistic regression of the labels.

Prints one JSON object {"name", "average_precision", "average_precision_of_logistic_regression",
"seconds", ...} for the labelled readings of a training set's test split:

    python -m workloads.sensor_anomaly.demo.baseline --training-set DIRECTORY [--select]

The forest has 200 trees and uses no labels. The regression uses scaled numbers and the same labels
as our model; with `--select` the validation split decides its penalty and whether classes have the
same weight; without it, the pair that is usually best is used.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.ensemble import IsolationForest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from local.training_sets.baseline import print_baseline
from workloads.sensor_anomaly.demo.training_set import read_split

log = logging.getLogger(__name__)

NAME = "Isolation forest"

# Minimum difference of the gate's metric between our model and each baseline.
LEAST_MARGIN = 0.0

_TREES = 200
_SEED = 20
_USUAL_WINNER = (100.0, "balanced")
_CANDIDATES = [(penalty, weight) for penalty in (1.0, 10.0, 100.0) for weight in (None, "balanced")]


def measure(training_set: Path, select: bool = False) -> dict[str, Any]:
    """Fits both and evaluates them on the labelled readings of the test split.

    Args:
        training_set: Folder with train/, test/ and, to select, validation/.
        select: Whether to try all settings of the regression and choose by the validation split.

    Returns:
        `average_precision` as in the model's evaluation, `seconds` of the forest's fit,
        `average_precision_of_logistic_regression`, and its settings `C` and `class_weight`.

    Raises:
        FileNotFoundError: A split is missing.
    """
    numbers, labelled, anomalous = read_split(training_set, "train")
    begin = time.perf_counter()
    forest = IsolationForest(n_estimators=_TREES, random_state=_SEED).fit(numbers)
    seconds = time.perf_counter() - begin
    best: tuple[float, Any, dict[str, Any]] | None = None
    for penalty, weight in _CANDIDATES if select else [_USUAL_WINNER]:
        regression = make_pipeline(
            StandardScaler(), LogisticRegression(C=penalty, class_weight=weight, max_iter=1000)
        ).fit(numbers[labelled], anomalous[labelled])
        settings = {"C": penalty, "class_weight": weight}
        reached = (
            _quality(regression.decision_function, training_set, "validation") if select else 0
        )
        shown = f", validation average precision {reached:.4f}" if select else ""
        log.info("Logistic regression %s%s", settings, shown)
        if best is None or reached > best[0]:
            best = (reached, regression, settings)
    if best is None:
        raise ValueError("There are no settings to fit.")
    _, regression, settings = best
    return {
        "average_precision": _quality(
            lambda rows: -forest.score_samples(rows), training_set, "test"
        ),
        "average_precision_of_logistic_regression": _quality(
            regression.decision_function, training_set, "test"
        ),
        "seconds": seconds,
        **settings,
    }


def _quality(score: Any, training_set: Path, split: str) -> float:
    numbers, labelled, anomalous = read_split(training_set, split)
    return float(average_precision_score(anomalous[labelled], score(numbers[labelled])))


def main(argv: Sequence[str]) -> int:
    """Prints the metrics to stdout, and the progress to stderr."""
    return print_baseline(NAME, measure, FileNotFoundError, argv, __doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
