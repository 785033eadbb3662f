"""The trained model through its serving signature."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

SCORES = ("score_negative", "score_neutral", "score_positive")


@pytest.fixture(scope="module")
def classify(trained: Path) -> tf.types.experimental.ConcreteFunction:
    """The signature, which needs the object that it was loaded with."""
    loaded = tf.saved_model.load(str(trained))
    signature = loaded.signatures["serving_default"]
    signature.kept = loaded
    return signature


def scores(outputs: dict[str, tf.Tensor]) -> np.ndarray:
    return np.stack([outputs[name].numpy() for name in SCORES], axis=1)


def test_takes_text_and_returns_label_and_scores(
    classify: tf.types.experimental.ConcreteFunction,
) -> None:
    assert classify.structured_input_signature == (
        (),
        {"text": tf.TensorSpec([None], tf.string, "text")},
    )
    assert {
        name: (spec.dtype.name, spec.shape.as_list())
        for name, spec in classify.structured_outputs.items()
    } == {"label": ("string", [None]), **dict.fromkeys(SCORES, ("float32", [None]))}


def test_learns_from_the_words(classify: tf.types.experimental.ConcreteFunction) -> None:
    texts = ["it was rude and broken", "the gate number on tuesday", "lovely, thanks, perfect"]
    outputs = classify(text=tf.constant(texts))
    assert outputs["label"].numpy().tolist() == [b"negative", b"neutral", b"positive"]
    assert scores(outputs).argmax(axis=1).tolist() == [0, 1, 2]
    assert scores(outputs).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_scores_do_not_depend_on_the_rest_of_the_batch(
    classify: tf.types.experimental.ConcreteFunction,
) -> None:
    texts = ["awful", "", "a much longer post " * 100, "\U0001f600", "@carrier thanks"]
    together = scores(classify(text=tf.constant(texts)))
    alone = [scores(classify(text=tf.constant([text])))[0] for text in texts]
    assert np.isfinite(together).all()
    assert together == pytest.approx(np.stack(alone), abs=1e-5)
