"""A real, tiny SavedModel with the signature of the deployed model, and two odd ones beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tensorflow as tf

LABELS = ["negative", "neutral", "positive"]


class TinyModel(tf.Module):  # type: ignore[misc]
    """Scores depend on the text alone, so every caller can check that an answer is its own."""

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])  # type: ignore[untyped-decorator]
    def classify(self, text: tf.Tensor) -> dict[str, tf.Tensor]:
        length = tf.cast(tf.strings.length(text, unit="UTF8_CHAR"), tf.float32)
        scores = tf.stack([length / 8.0, 0.5 * tf.ones_like(length), 1.0 / (1.0 + length)], axis=1)
        label = tf.gather(tf.constant(LABELS), tf.argmax(scores, axis=1))
        return {"label": label, "scores": scores}

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None, 2], tf.float32, name="values"),
            tf.TensorSpec([None], tf.int32, name="scale"),
        ]
    )
    def weigh(self, values: tf.Tensor, scale: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"weight": tf.reduce_sum(values, axis=1) * tf.cast(scale, tf.float32)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])  # type: ignore[untyped-decorator]
    def refuse_questions(self, text: tf.Tensor) -> dict[str, tf.Tensor]:
        questions = tf.strings.regex_full_match(text, ".*\\?")
        check = tf.debugging.Assert(tf.logical_not(tf.reduce_any(questions)), ["no questions"])
        with tf.control_dependencies([check]):
            return {"echo_bytes": tf.identity(text)}

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None, None], tf.string, name="items"),
            tf.TensorSpec([None], tf.int64, name="minimum"),
        ]
    )
    def recommend(self, items: tf.Tensor, minimum: tf.Tensor) -> dict[str, tf.Tensor]:
        count = tf.ones_like(minimum) * tf.cast(tf.shape(items)[1], tf.int64)
        return {
            "next": tf.tile([["50", "7"]], [tf.shape(items)[0], 1]),
            "rating": tf.cast(count, tf.float64) / 8,
            "known": count >= minimum,
            "count": count,
        }

    @tf.function(input_signature=[tf.TensorSpec([], tf.int64, name="start")])  # type: ignore[untyped-decorator]
    def count(self, start: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"next": start + 1}


@pytest.fixture(scope="session")
def model_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory: Path = tmp_path_factory.mktemp("model")
    model = TinyModel()
    signatures: dict[str, Any] = {
        "serving_default": model.classify,
        "weigh": model.weigh,
        "refuse_questions": model.refuse_questions,
        "recommend": model.recommend,
        "count": model.count,
    }
    tf.saved_model.save(model, str(directory / "7"), signatures=signatures)
    return directory
