from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from model_training.examples import in_pieces, read_examples
from model_training.find_workload import find_workload
from model_training.manifest import Manifest
from model_training.prepared_workload import PreparedWorkload
from model_training.problems import InputError
from model_training.workload import Arrays

from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import add_other_workloads, write_split

Prepared = PreparedWorkload[Any, Any]

ROWS = 1100
"""More than one piece."""


@pytest.fixture
def greenhouse(monkeypatch: pytest.MonkeyPatch) -> Prepared:
    add_other_workloads(monkeypatch)
    model = find_workload("greenhouse").model
    rows = {"species": np.array(["bean", "tomato"], np.object_), "humidity": np.array([40.0, 60.0])}
    return PreparedWorkload(model, model.prepare(in_pieces(rows), model.options()), model.options())


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Arrays:
    directory = write_split(tmp_path_factory.mktemp("plants"), map(plant, range(ROWS)))
    return read_examples(directory, "train", Manifest("greenhouse", COLUMNS, {"train": ROWS}))


def test_extracts_a_split_once_and_whole(greenhouse: Prepared, rows: Arrays) -> None:
    split = greenhouse.extract(rows, "train")
    assert len(split) == ROWS
    assert split.features["growth"][1099].numpy().tolist() == [2.0, 3.0, 1.0]
    assert split.features["plain"][3].numpy().tolist() == pytest.approx([0.3, -0.07, 0.0])
    assert split.features["species"][1099].numpy().tolist() == [0.0, 0.0]
    assert split.targets[1098].numpy().tolist() == [7.0, 1.0]
    assert split.weights.numpy().sum() == ROWS * 0.9


def test_the_refusal_of_a_row_is_a_sentence(greenhouse: Prepared, rows: Arrays) -> None:
    grams = np.where(np.arange(ROWS) == 1050, -5.0, rows["grams"])
    with pytest.raises(InputError) as caught:
        greenhouse.extract({**rows, "grams": grams}, "validation")
    assert str(caught.value).startswith("Split validation: the workload refuses a row: ")
    assert "grams must be known or -1" in str(caught.value)


def test_a_split_of_which_nothing_counts_is_refused(greenhouse: Prepared, rows: Arrays) -> None:
    with pytest.raises(InputError) as caught:
        greenhouse.extract({**rows, "grams": np.full(ROWS, -1.0)}, "validation")
    assert str(caught.value) == (
        "Split validation: the workload gives each of its 1100 row(s) the weight 0, "
        "so none is left."
    )
