from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from workloads.recommendation.demo import baseline
from workloads.recommendation.demo.comparison import difference_interval
from workloads.recommendation.demo.simple_models import (
    item_neighbours,
    popularity,
    recent_together,
)
from workloads.recommendation.recommender.catalogue import Catalogue

USERS = [np.array([1, 2]), np.array([1, 2, 3]), np.array([3, 1])]


def test_popularity() -> None:
    scores = popularity(USERS, 4)([np.array([1]), np.array([], np.int64)])
    assert scores.tolist() == [[0, 3, 2, 2]] * 2


def test_neighbours_are_those_with_the_same_users() -> None:
    scores = item_neighbours(USERS, 4, neighbours=2, shrinkage=0.0)([np.array([1])])
    assert scores[0] == pytest.approx([0, 0, 2 / 6**0.5, 2 / 6**0.5])
    # The nearest of 3 is 1, so 2 does not ask for it.
    nearest = item_neighbours(USERS, 4, neighbours=1, shrinkage=0.0)([np.array([2])])
    assert nearest[0] == pytest.approx([0, 2 / 6**0.5, 0, 0])
    shrunk = item_neighbours(USERS, 4, neighbours=2, shrinkage=1.0)([np.array([1])])
    assert shrunk[0, 2] == pytest.approx(2 / (6**0.5 + 1))


def test_recent_items_and_close_pairs_count_more() -> None:
    scorer = recent_together(USERS, 4, decay=0.5, popularity_power=1.0)
    # 1 and 2 came together twice side by side; 1 and 3 once so, and once with 2 in between.
    assert scorer([np.array([1])])[0] == pytest.approx([0, 0, 2 / 2, 1.9 / 2])
    assert scorer([np.array([2, 1])])[0, 3] == pytest.approx((1.9 + 0.5 * 1) / 2)


def test_answers_leave_out_seen_items() -> None:
    catalogue = Catalogue(("a", "b", "c"), ("", "", ""), (3, 2, 1))
    rows = {"history": np.array([["a", "x"], ["", ""]], np.object_)}
    answers = baseline.answer(popularity(USERS, 4), rows, catalogue)
    assert answers["items"].tolist() == [["b", "c", "", ""], ["a", "b", "c", ""]]


@pytest.mark.parametrize("select", [[], ["--select"]])
def test_prints_the_metrics_of_each(
    training_set: Path, capsys: pytest.CaptureFixture[str], select: list[str]
) -> None:
    assert baseline.main(["--training-set", str(training_set), *select]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["name"] == "recency-weighted co-occurrence"
    assert printed["ndcg_at_10"] > printed["ndcg_at_10_of_item_kNN"] > 0
    assert printed["ndcg_at_10"] > printed["ndcg_at_10_of_popularity"] > 0
    assert printed["seconds"] > 0


def test_names_what_is_missing_in_a_training_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert baseline.main(["--training-set", str(tmp_path)]) == 1
    assert "manifest.json" in capsys.readouterr().err


def test_the_interval_holds_the_difference() -> None:
    model, other = np.array([1.0, 1, 0, 1] * 50), np.array([1.0, 0, 0, 0] * 50)
    difference, low, high = difference_interval(model, other)
    assert difference == 0.5
    # Of the mean of 200 halves, twice the standard error is 0.07.
    assert (low, high) == pytest.approx((0.43, 0.57), abs=0.01)
    assert difference_interval(other, other) == (0, 0, 0)
