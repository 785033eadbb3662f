"""The model to beat: TF-IDF of word 1- and 2-grams with logistic regression.

Prints one JSON object {"macroF1", "accuracy", "seconds"} of a training set's test split:

    python -m bench.model_baseline --training-set DIRECTORY

It is not a straw man: of the two settings that matter, the penalty and whether classes count the
same, each pair is tried and the validation split chooses, as it does for our model.
"""

from __future__ import annotations

import argparse
import json
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

from bench.model_training_set import read_split

_PENALTIES = (1.0, 3.0)
_CLASS_WEIGHTS = (None, "balanced")


def measure_baseline(training_set: Path) -> dict[str, Any]:
    """Fits the baseline and measures it on the test split.

    Args:
        training_set: Folder with train/, validation/ and test/. Without a validation split the
            settings that usually win are taken.

    Returns:
        macroF1, accuracy, seconds (of the one chosen fit, its vectors included), selection.
    """
    begin = time.perf_counter()
    texts, labels = read_split(training_set, "train")
    vectorizer = TfidfVectorizer(ngram_range=(1, 2))
    vectors = vectorizer.fit_transform(texts)
    vector_seconds = time.perf_counter() - begin
    candidates = []
    for penalty, weight in _settings(training_set):
        begin = time.perf_counter()
        with warnings.catch_warnings():
            # The last digits of the solution do not change a class.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model = LogisticRegression(C=penalty, class_weight=weight, max_iter=100, tol=1e-3)
            model.fit(vectors, labels)
        seconds = time.perf_counter() - begin
        macro_f1 = 0.0
        if training_set.joinpath("validation").is_dir():
            macro_f1 = _quality(model, vectorizer, training_set, "validation")["macroF1"]
        settings = {"C": penalty, "classWeight": weight, "validationMacroF1": macro_f1}
        candidates.append((macro_f1, seconds, model, settings))
        print(f"Baseline {settings} in {seconds:.1f} s", file=sys.stderr, flush=True)
    _, seconds, model, settings = max(candidates, key=lambda candidate: candidate[0])
    return {
        **_quality(model, vectorizer, training_set, "test"),
        "seconds": vector_seconds + seconds,
        "selection": settings,
    }


def _settings(training_set: Path) -> list[tuple[float, str | None]]:
    if not training_set.joinpath("validation").is_dir():
        return [(_PENALTIES[-1], _CLASS_WEIGHTS[-1])]
    return [(penalty, weight) for penalty in _PENALTIES for weight in _CLASS_WEIGHTS]


def _quality(model: Any, vectorizer: Any, training_set: Path, split: str) -> dict[str, float]:
    texts, labels = read_split(training_set, split)
    predicted = model.predict(vectorizer.transform(texts))
    return {
        "macroF1": float(f1_score(labels, predicted, average="macro")),
        "accuracy": float(accuracy_score(labels, predicted)),
    }


def main(argv: Sequence[str]) -> int:
    """Prints the baseline's figures; progress goes to stderr."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--training-set", type=Path, required=True)
    arguments = parser.parse_args(argv)
    try:
        figures = measure_baseline(arguments.training_set)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
