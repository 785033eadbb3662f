"""The baseline: logistic regression of words, waiting time and plan.

It prints a JSON object {"name", "average_precision", "seconds"} of a training set's test split:

    python -m workloads.workload_name.demo.baseline --training-set SET
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.compose import make_column_transformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder

from local.training_sets.baseline import print_baseline
from local.training_sets.files import read_rows

NAME = "Logistic regression"

# Minimum difference of the gate's metric between our model and the baseline, for `make bench`. On
# these invented data nothing is better than the regression, so our model may be a little worse.
LEAST_MARGIN = -0.02

_USUAL_PENALTY = 1.0
_PENALTIES = (0.1, 1.0, 10.0)


def measure(training_set: Path, select: bool = False) -> dict[str, Any]:
    """Fits the baseline and evaluates it on the test split.

    Args:
        training_set: Folder with train/, test/ and, to select, validation/.
        select: Whether to choose the penalty by the validation split.

    Returns:
        The gate's metric by its name, and the seconds of the fit.

    Raises:
        FileNotFoundError: A split is missing.
    """
    rows, urgent = _read(training_set, "train")

    def fitted(penalty: float) -> Any:
        columns = make_column_transformer(
            (CountVectorizer(), 0), (FunctionTransformer(_scaled), [1]), (OneHotEncoder(), [2])
        )
        return make_pipeline(columns, LogisticRegression(C=penalty, max_iter=1000)).fit(
            rows, urgent
        )

    penalty = _USUAL_PENALTY
    if select:
        penalty = max(
            _PENALTIES, key=lambda one: _reached(fitted(one), *_read(training_set, "validation"))
        )
    begin = time.perf_counter()
    model = fitted(penalty)
    seconds = time.perf_counter() - begin
    reached = _reached(model, *_read(training_set, "test"))
    return {"average_precision": reached, "seconds": seconds, "C": penalty}


def _read(training_set: Path, split: str) -> tuple[Any, Any]:
    rows = read_rows(training_set, split)
    fields = [[row["subject"], row["waiting_minutes"], row["plan"]] for row in rows]
    return np.array(fields, dtype=object), np.array([row["urgent"] for row in rows])


def _scaled(waiting: Any) -> Any:
    return np.log1p(waiting.astype(float))


def _reached(model: Any, rows: Any, urgent: Any) -> float:
    return float(average_precision_score(urgent, model.decision_function(rows)))


def main(argv: Sequence[str]) -> int:
    """Prints the metrics to stdout, and the progress to stderr."""
    return print_baseline(NAME, measure, FileNotFoundError, argv, __doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
