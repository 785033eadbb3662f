from __future__ import annotations

import math

import numpy as np
import pytest
from model_training.evaluation import Curves
from model_training.problems import InputError

from workloads.recommendation.recommender.quality import gains, measure, ranks_of


def items(*rows: list[str]) -> np.ndarray:
    return np.array(rows, np.object_)


ANSWERED = [f"i{number}" for number in range(12)]
FOLLOWED = items(["i0", ""], ["i2", "i0"], ["i9", ""], ["i10", ""], ["other", "i0"])


def test_metrics_by_hand() -> None:
    evaluation = measure({"next_items": FOLLOWED}, {"items": items(*[ANSWERED] * 5)})
    assert evaluation.metrics == {
        "ndcg_at_10": pytest.approx((1 + 1 / 2 + 1 / math.log2(11)) / 5),
        "hit_rate_at_10": pytest.approx(3 / 5),
        "hit_rate_at_12": pytest.approx(4 / 5),
        "items_shown": 10,
    }
    (plot,) = evaluation.plots
    assert isinstance(plot, Curves)
    points = plot.lines["hit rate"]
    assert points[:3] == [(1, 0.2), (2, 0.2), (3, 0.4)]
    assert points[9:] == [(10, 0.6), (11, 0.8), (12, 0.8)]


def test_padding_is_not_an_item() -> None:
    evaluation = measure({"next_items": items(["a"])}, {"items": items(["b", *[""] * 19])})
    assert evaluation.metrics["items_shown"] == 1


def test_ranks() -> None:
    ranks = ranks_of(FOLLOWED[:, 0], items(*[ANSWERED] * 5))
    assert ranks.tolist() == [0, 2, 9, 10, 12]
    assert gains(ranks)[3:].tolist() == [0, 0]


def test_refuses_an_empty_split() -> None:
    with pytest.raises(InputError, match=r"^The test split has no users\. Expected at least one"):
        measure({"next_items": items()}, {"items": np.zeros((0, 20), np.object_)})
