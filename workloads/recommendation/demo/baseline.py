"""The baselines: popularity, item-kNN and co-occurrence weighted by recency.

Prints one JSON object {"name", "ndcg_at_10", ..., "ndcg_at_10_of_<model>", ..., "seconds"}: the
metrics of the co-occurrence, which is the best of them, on the test split, the gate's metric of the
others, and the duration of all of it:

    python -m workloads.recommendation.demo.baseline --training-set DIRECTORY [--select]

With `--select` every setting of the grids is tried and the validation split decides; without it,
the settings that are usually best are used.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_REPOSITORY = Path(__file__).resolve().parents[3]

# Only the container has the training code beside the workloads.
if str(_REPOSITORY / "training") not in sys.path:
    sys.path.append(str(_REPOSITORY / "training"))

from model_training.examples import in_pieces, read_examples  # noqa: E402
from model_training.manifest import read_manifest  # noqa: E402
from model_training.problems import InputError  # noqa: E402
from model_training.workload import Arrays  # noqa: E402

from local.training_sets.baseline import print_baseline  # noqa: E402
from workloads.recommendation.demo.simple_models import (  # noqa: E402
    Scorer,
    item_neighbours,
    popularity,
    recent_together,
)
from workloads.recommendation.recommender import quality  # noqa: E402
from workloads.recommendation.recommender.catalogue import Catalogue, read_catalogue  # noqa: E402
from workloads.recommendation.recommender.item_to_item import Items  # noqa: E402

log = logging.getLogger(__name__)

NAME = "recency-weighted co-occurrence"

# Minimum difference of the gate's metric between our model and each baseline.
#
# `comparison.py` tests whether the difference is significant.
LEAST_MARGIN = 0.001

ANSWERED = 20

_NEIGHBOURS = [(20, 0.0), (50, 0.0), (100, 10.0), (200, 10.0)]
_RECENT = [(decay, power) for decay in (0.5, 0.7, 0.8, 0.9) for power in (0.0, 0.3, 0.5)]
_USUAL_NEIGHBOURS = (200, 10.0)
_USUAL_RECENT = (0.7, 0.5)


@dataclass(frozen=True)
class Baseline:
    """A fitted baseline.

    Attributes:
        name: Its name.
        answers: Its predictions on the test split, in the form of the served model.
    """

    name: str
    answers: Arrays


def fit_baselines(training_set: Path, select: bool = False) -> tuple[list[Baseline], Arrays]:
    """Fits every baseline to the training split.

    Args:
        training_set: Folder with train/, validation/ and test/.
        select: Whether to try all settings and choose by the validation split.

    Returns:
        The baselines, and the rows of the test split.

    Raises:
        InputError: The training set cannot be used.
    """
    manifest = read_manifest(training_set, "recommendation")
    rows = {
        split: read_examples(training_set / split, split, manifest)
        for split in ("train", "validation", "test")
    }
    catalogue, users = read_catalogue(in_pieces(rows["train"]), sys.maxsize)
    settings: dict[str, list[Scorer]] = {
        "popularity": [popularity(users, catalogue.ids)],
        "item-kNN": [
            item_neighbours(users, catalogue.ids, *setting)
            for setting in (_NEIGHBOURS if select else [_USUAL_NEIGHBOURS])
        ],
        NAME: [
            recent_together(users, catalogue.ids, *setting)
            for setting in (_RECENT if select else [_USUAL_RECENT])
        ],
    }
    baselines = []
    for name, scorers in settings.items():
        tried = [(_ndcg(scorer, rows["validation"], catalogue), scorer) for scorer in scorers]
        validation, chosen = max(tried, key=lambda one: one[0])
        log.info("Baseline %s, validation NDCG@10 %.4f", name, validation)
        answers = answer(chosen, rows["test"], catalogue)
        baselines.append(Baseline(name, answers))
    return baselines, rows["test"]


def answer(scorer: Scorer, rows: Arrays, catalogue: Catalogue) -> Arrays:
    """Returns `items`, [users, 20]: the best that are not in the history, the best first."""
    items = np.array(["", *catalogue.items], np.object_)
    ids = {item: number for number, item in enumerate(catalogue.items, start=1)}
    histories: list[Items] = [
        np.array([ids[item] for item in history.tolist() if item in ids], np.int64)
        for history in rows["history"]
    ]
    scores = scorer(histories)
    scores[:, 0] = -np.inf
    for row, history in enumerate(histories):
        scores[row, history] = -np.inf
    best: npt.NDArray[np.int64] = np.argsort(-scores, axis=1, kind="stable")[:, :ANSWERED]
    best = np.where(np.isfinite(np.take_along_axis(scores, best, axis=1)), best, 0)
    return {"items": items[best]}


def _ndcg(scorer: Scorer, rows: Arrays, catalogue: Catalogue) -> float:
    return quality.measure(rows, answer(scorer, rows, catalogue)).metrics["ndcg_at_10"]


def measure(training_set: Path, select: bool = False) -> dict[str, Any]:
    """Returns the printed object, without the name."""
    begin = time.perf_counter()
    baselines, test = fit_baselines(training_set, select)
    figures = {one.name: quality.measure(test, one.answers).metrics for one in baselines}
    gate = {
        f"ndcg_at_10_of_{name.replace('-', '_')}": metrics["ndcg_at_10"]
        for name, metrics in figures.items()
        if name != NAME
    }
    return {**figures[NAME], **gate, "seconds": time.perf_counter() - begin}


def main(argv: Sequence[str]) -> int:
    """Prints the metrics to stdout, and the progress to stderr."""
    return print_baseline(NAME, measure, InputError, argv, __doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
