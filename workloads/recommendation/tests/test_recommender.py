"""The trained model through its serving signature."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from workloads.recommendation.demo.comparison import compare
from workloads.recommendation.tests.conftest import RING


@pytest.fixture(scope="module")
def recommend(trained: Path) -> tf.types.experimental.ConcreteFunction:
    """The signature, which needs the object that it was loaded with."""
    loaded = tf.saved_model.load(str(trained))
    signature = loaded.signatures["serving_default"]
    signature.kept = loaded
    return signature


def asked(
    recommend: tf.types.experimental.ConcreteFunction, *histories: list[str]
) -> dict[str, np.ndarray]:
    longest = max(len(history) for history in histories)
    padded = [history + [""] * (longest - len(history)) for history in histories]
    answers = recommend(history=tf.constant(padded, tf.string, [len(histories), longest]))
    return {name: values.numpy() for name, values in answers.items()}


def test_takes_a_history_and_returns_twenty_items(
    recommend: tf.types.experimental.ConcreteFunction,
) -> None:
    assert recommend.structured_input_signature == (
        (),
        {"history": tf.TensorSpec([None, None], tf.string, "history")},
    )
    assert {name: spec.dtype.name for name, spec in recommend.structured_outputs.items()} == {
        "items": "string",
        "titles": "string",
        "scores": "float32",
    }


def test_learns_the_next_item(recommend: tf.types.experimental.ConcreteFunction) -> None:
    answers = asked(recommend, ["i3", "i4", "i5"], ["i22", "i23"])
    assert answers["items"][:, 0].tolist() == [b"i6", b"i0"]
    assert answers["titles"][:, 0].tolist() == [b"Item 6", b"Item 0"]


def test_leaves_out_seen_items_and_pads_the_end(
    recommend: tf.types.experimental.ConcreteFunction,
) -> None:
    seen = [f"i{number}" for number in range(6)]
    answers = asked(recommend, seen)
    items, scores = answers["items"][0].tolist(), answers["scores"][0]
    assert set(items) == {f"i{number}".encode() for number in range(6, RING)} | {b""}
    assert items[-2:] == [b"", b""]
    assert answers["titles"][0, -2:].tolist() == [b"", b""]
    assert scores[-2:].tolist() == [0, 0]
    assert (np.diff(scores) <= 0).all()
    assert scores.sum() == pytest.approx(1, abs=1e-5)


def test_a_user_who_has_seen_every_item_gets_an_empty_answer(
    recommend: tf.types.experimental.ConcreteFunction,
) -> None:
    answers = asked(recommend, [f"i{number}" for number in range(RING)])
    assert answers["items"][0].tolist() == [b""] * 20


@pytest.mark.parametrize("history", [[], ["unknown"], [""]])
def test_an_unknown_user_gets_popular_items(
    recommend: tf.types.experimental.ConcreteFunction, history: list[str]
) -> None:
    answers = asked(recommend, history)
    # The walkers begin once or twice at each item; the training split has seven of their steps.
    assert len(set(answers["items"][0].tolist())) == 20
    assert answers["scores"][0] == pytest.approx(np.full(20, 1 / RING), abs=1e-3)


def test_padding_and_unknown_items_change_nothing(
    recommend: tf.types.experimental.ConcreteFunction,
) -> None:
    alone = asked(recommend, ["i3", "i4"])
    mixed = asked(recommend, ["i3", "unknown", "i4"], ["i1", "i2", "i3"])
    assert mixed["items"][0].tolist() == alone["items"][0].tolist()
    assert mixed["scores"][0] == pytest.approx(alone["scores"][0], rel=1e-4)


def test_is_compared_with_the_baselines(training_set: Path, trained: Path) -> None:
    figures = compare(training_set, trained)
    assert figures["model"]["ndcg_at_10"] == 1.0
    assert list(figures) == [
        "model",
        "popularity",
        "item-kNN",
        "recency-weighted co-occurrence",
    ]
    popularity = figures["popularity"]
    assert popularity["difference"] == pytest.approx(1 - popularity["ndcg_at_10"])
    low, high = popularity["interval"]
    assert 0 < low < popularity["difference"] < high < 1
