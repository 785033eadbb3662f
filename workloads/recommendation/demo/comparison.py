"""Compares a trained model with the baselines, with confidence intervals.

Prints one JSON object as the last line of stdout:

    python -m workloads.recommendation.demo.comparison --training-set DIRECTORY --model DIRECTORY
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workloads.recommendation.demo.baseline import fit_baselines
from workloads.recommendation.recommender import quality

_RESAMPLES = 10_000
_AT_ONCE = 500
_SEED = 20
_INTERVAL = (0.025, 0.975)


def difference_interval(
    model: npt.NDArray[np.float64], other: npt.NDArray[np.float64]
) -> tuple[float, float, float]:
    """Returns the paired bootstrap of a mean difference.

    Args:
        model: A metric of each user, [users].
        other: The same metric of another model.

    Returns:
        The mean of `model - other`, and the interval with 95 % of its means when users are
        resampled with replacement 10,000 times.
    """
    differences = model - other
    random = np.random.default_rng(_SEED)
    means = [
        differences[random.integers(len(differences), size=(_AT_ONCE, len(differences)))].mean(
            axis=1
        )
        for _ in range(_RESAMPLES // _AT_ONCE)
    ]
    low, high = np.quantile(np.concatenate(means), _INTERVAL)
    return float(differences.mean()), float(low), float(high)


def compare(training_set: Path, model: Path) -> dict[str, Any]:
    """Evaluates a saved model and every baseline on the test split.

    Args:
        training_set: Folder with train/, validation/ and test/.
        model: Folder with `saved_model.pb`.

    Returns:
        `model` with its metrics, and for each baseline its metrics, the mean `difference` of
        NDCG@10
        and the ends of its `interval`. The settings of the baselines are chosen on the validation
        split.
    """
    from model_training.find_workload import find_workload
    from model_training.manifest import read_manifest
    from model_training.served_model import ServedModel

    baselines, test = fit_baselines(training_set, select=True)
    columns = read_manifest(training_set, "recommendation").columns
    served = ServedModel(model, columns, find_workload("recommendation").schema.prediction)
    answers = served.answer(test)
    followed = test["next_items"][:, 0]
    gains = quality.gains(quality.ranks_of(followed, answers["items"]))
    others = {}
    for one in baselines:
        theirs = quality.gains(quality.ranks_of(followed, one.answers["items"]))
        difference, low, high = difference_interval(gains, theirs)
        figures = quality.measure(test, one.answers).metrics
        others[one.name] = {**figures, "difference": difference, "interval": [low, high]}
    return {"model": quality.measure(test, answers).metrics, **others}


def main(argv: Sequence[str]) -> int:
    """Prints the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--training-set", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder with saved_model.pb")
    arguments = parser.parse_args(argv)
    print(json.dumps(compare(arguments.training_set, arguments.model)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
