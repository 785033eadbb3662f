"""What the benchmark of a model reads of training sets and baselines, whatever the workload."""

from __future__ import annotations

from pathlib import Path

from bench.model import baselines_of, read_instances
from tests.python.training.training_sets import write_split


def test_further_baselines_are_named_behind_the_metric() -> None:
    figures = {
        "f1": 0.5,
        "f1_of_nearest_neighbours": 0.25,
        "f1_of_popularity": 0.125,
        "seconds": 3.0,
        "recall_of_popularity": 1.0,
    }
    assert baselines_of("Forest", "f1", figures) == {
        "Forest": 0.5,
        "nearest neighbours": 0.25,
        "popularity": 0.125,
    }


def test_instances_are_the_fields_of_the_test_split(tmp_path: Path) -> None:
    for split in ("train", "test"):
        rows = [{"example_id": f"{split}{n}", "x": n, "tags": ["a"] * n, "y": 1} for n in range(2)]
        write_split(tmp_path / split, rows[1:], "part-1.json.gz")
        write_split(tmp_path / split, rows[:1], "part-0.json.gz")
    assert read_instances(tmp_path, ["tags", "x"]) == [
        {"tags": [], "x": 0},
        {"tags": ["a"], "x": 1},
    ]
