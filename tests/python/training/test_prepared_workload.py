from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from model_training.examples import read_examples
from model_training.extraction import ExtractedSplit, Extraction, extract_split
from model_training.find_workload import find_workload
from model_training.manifest import Manifest
from model_training.prepared_workload import PreparedWorkload
from model_training.problems import InputError
from model_training.workload import Arrays, Columns, Workload

from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import add_other_workloads, write_split

Prepared = PreparedWorkload[Any, Any]

# More than one piece.
ROWS = 1100


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Workload[Any, Any]:
    add_other_workloads(monkeypatch)
    return find_workload("greenhouse").model


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Arrays:
    directory = write_split(tmp_path_factory.mktemp("plants"), map(plant, range(ROWS)))
    return read_examples(directory, "train", Manifest("greenhouse", COLUMNS, {"train": ROWS}))


def prepared(split: ExtractedSplit, model: Workload[Any, Any]) -> Prepared:
    options = model.options()
    return PreparedWorkload(model, model.prepare(split.pieces, options), options)


def test_a_split_is_extracted_once_and_whole(model: Workload[Any, Any], rows: Arrays) -> None:
    split = extract_split(model, rows, "train")
    passes = [list(split.pieces()) for _ in range(2)]
    for pieces in passes:
        assert [len(piece.rows["grams"]) for piece in pieces] == [1024, 76]
        assert [int(piece.extracted["pests"].nrows()) for piece in pieces] == [1024, 76]
        assert pieces[1].rows["leaves"][75] == 1099 % 7
        assert pieces[1].extracted["growth"][75].numpy().tolist() == [2.0, 3.0, 1.0]
    # The extraction is expensive and is not repeated for the next pass.
    assert passes[0][1].extracted["growth"] is passes[1][1].extracted["growth"]


def test_splits_with_the_same_columns_are_traced_once(
    model: Workload[Any, Any], rows: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    traced = []

    def counted(name: str) -> None:
        member = getattr(model, name)

        def call(*arguments: Any) -> Any:
            traced.append(name)
            return member(*arguments)

        monkeypatch.setattr(model, name, call)

    for name in ("extract", "features", "targets"):
        counted(name)
    extraction = Extraction(model)
    few = {name: values[:3] for name, values in rows.items()}
    train, validation = extraction.split(rows, "train"), extraction.split(few, "validation")
    workload = prepared(train, model)
    assert [len(workload.learnable(split)) for split in (train, validation)] == [ROWS, 3]
    assert sorted(traced) == ["extract", "features", "targets"]


def test_what_is_learned_of_a_split_is_whole(model: Workload[Any, Any], rows: Arrays) -> None:
    split = extract_split(model, rows, "train")
    learnable = prepared(split, model).learnable(split)
    assert len(learnable) == ROWS
    humidity = rows["humidity"].mean()
    assert humidity == pytest.approx(49.952727, abs=1e-6)
    assert learnable.features["growth"][1099].numpy().tolist() == [2.0, 3.0, 1.0]
    plain = learnable.features["plain"][3].numpy().tolist()
    assert plain == pytest.approx([0.3, (43 - humidity) / 100, 0.0])
    assert learnable.features["species"][1099].numpy().tolist() == [0.0, 1.0, 0.0]
    assert learnable.targets[1098].numpy().tolist() == [7.0, 1.0]
    assert learnable.weights.numpy().sum() == ROWS * 0.9


def test_the_refusal_of_a_row_is_a_sentence(model: Workload[Any, Any], rows: Arrays) -> None:
    grams = np.where(np.arange(ROWS) == 1050, -5.0, rows["grams"])
    split = extract_split(model, {**rows, "grams": grams}, "validation")
    with pytest.raises(InputError) as caught:
        prepared(split, model).learnable(split)
    assert str(caught.value).startswith("Split validation: the workload refuses a row: ")
    assert "grams must be known or -1" in str(caught.value)


def test_a_row_can_be_refused_when_it_is_extracted(
    model: Workload[Any, Any], rows: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(columns: Columns) -> Columns:
        dry = tf.reduce_all(columns["humidity"] > 0)
        with tf.control_dependencies([tf.debugging.Assert(dry, ["humidity must be above 0"])]):
            return {"humidity": tf.identity(columns["humidity"])}

    monkeypatch.setattr(model, "extract", extract)
    humidity = np.where(np.arange(ROWS) == 1050, 0.0, rows["humidity"])
    with pytest.raises(InputError) as caught:
        extract_split(model, {**rows, "humidity": humidity}, "test")
    assert str(caught.value).startswith("Split test: the workload refuses a row: ")
    assert "humidity must be above 0" in str(caught.value)


def test_a_split_of_which_nothing_counts_is_refused(
    model: Workload[Any, Any], rows: Arrays
) -> None:
    split = extract_split(model, {**rows, "grams": np.full(ROWS, -1.0)}, "validation")
    with pytest.raises(InputError) as caught:
        prepared(split, model).learnable(split)
    assert str(caught.value) == (
        "Split validation: the workload gives each of its 1100 row(s) the weight 0, "
        "so no row is left."
    )
