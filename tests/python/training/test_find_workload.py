from __future__ import annotations

from pathlib import Path

import pytest
from model_training.find_workload import find_workload
from model_training.problems import InputError

import workloads
from tests.python.training.training_sets import add_other_workloads


def test_finds_a_folder_with_its_model_and_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    add_other_workloads(monkeypatch)
    workload = find_workload("greenhouse")
    assert workload.name == "greenhouse"
    assert workload.model.options().batch_size == 16
    assert [field.name for field in workload.schema.prediction] == [
        "grams",
        "ripe",
        "rank",
        "companions",
    ]


@pytest.mark.parametrize("name", ["", "weather", "sentiment.model", "../sentiment"])
def test_an_unknown_name_lists_the_known_ones(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_other_workloads(monkeypatch)
    with pytest.raises(InputError) as caught:
        find_workload(name)
    files = [file for path in workloads.__path__ for file in Path(path).glob("*/workload.json")]
    known = sorted(file.parent.name for file in files)
    assert {"greenhouse", "sentiment"} < set(known)
    assert str(caught.value) == (
        f"There is no workload {name!r}. Expected one of: {', '.join(known)}. "
        "Name it with --workload."
    )
