"""The baseline: TF-IDF of word 1- and 2-grams with logistic regression.

Prints one JSON object {"name", "macro_f1", "accuracy", "seconds", ...}, of the test split of
a training set:

    python -m workloads.sentiment.demo.baseline --training-set DIRECTORY [--select]

Two settings matter: the penalty, and whether classes have the same weight. With `--select` every
pair is fitted and the validation split decides, as for our model; without it, the pair that is
usually best is used.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from local.training_sets.baseline import print_baseline
from workloads.sentiment.demo.training_set import read_split

log = logging.getLogger(__name__)

NAME = "TF-IDF and logistic regression"

# Minimum difference of the gate's metric between our model and the baseline.
LEAST_MARGIN = 0.015

_USUAL_WINNER = (5.0, "balanced")
_CANDIDATES = [(penalty, weight) for penalty in (1.0, 5.0, 15.0) for weight in (None, "balanced")]


def measure(training_set: Path, select: bool = False) -> dict[str, Any]:
    """Fits the baseline and evaluates it on the test split.

    Args:
        training_set: Folder with train/, test/ and, to select, validation/.
        select: Whether to try all settings and choose by the validation split.

    Returns:
        `macro_f1` and `accuracy` as in the model's evaluation, `seconds` of the chosen fit and its
        vectors, and the settings `C` and `class_weight`.

    Raises:
        FileNotFoundError: A split is missing.
    """
    begin = time.perf_counter()
    texts, labels = read_split(training_set, "train")
    vectorizer = TfidfVectorizer(ngram_range=(1, 2))
    vectors = vectorizer.fit_transform(texts)
    vector_seconds = time.perf_counter() - begin
    best: tuple[float, float, Any, dict[str, Any]] | None = None
    for penalty, weight in _CANDIDATES if select else [_USUAL_WINNER]:
        begin = time.perf_counter()
        with warnings.catch_warnings():
            # The solution is accurate enough for the classes.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model = LogisticRegression(C=penalty, class_weight=weight, max_iter=100, tol=1e-3)
            model.fit(vectors, labels)
        seconds = time.perf_counter() - begin
        settings = {"C": penalty, "class_weight": weight}
        valid = _quality(model, vectorizer, training_set, "validation")["macro_f1"] if select else 0
        shown = f", validation macro-F1 {valid:.4f}" if select else ""
        log.info("Baseline %s%s, %.1f s", settings, shown, seconds)
        if best is None or valid > best[0]:
            best = (valid, seconds, model, settings)
    if best is None:
        raise ValueError("There are no settings to fit.")
    _, seconds, model, settings = best
    return {
        **_quality(model, vectorizer, training_set, "test"),
        "seconds": vector_seconds + seconds,
        **settings,
    }


def _quality(model: Any, vectorizer: Any, training_set: Path, split: str) -> dict[str, float]:
    texts, labels = read_split(training_set, split)
    predicted = model.predict(vectorizer.transform(texts))
    return {
        "macro_f1": float(f1_score(labels, predicted, average="macro")),
        "accuracy": float(accuracy_score(labels, predicted)),
    }


def main(argv: Sequence[str]) -> int:
    """Prints the baseline's metrics to stdout, and its progress to stderr."""
    return print_baseline(NAME, measure, FileNotFoundError, argv, __doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
