"""The trained model through its serving signature."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from workloads.sensor_anomaly.detector.readings import READINGS
from workloads.sensor_anomaly.tests.readings import plain_reading


@pytest.fixture(scope="module")
def answer(detector: Path) -> tf.types.experimental.ConcreteFunction:
    """The signature, which needs the object that it was loaded with."""
    loaded = tf.saved_model.load(str(detector))
    signature = loaded.signatures["serving_default"]
    signature.kept = loaded
    return signature


def asked(*rows: Mapping[str, object]) -> dict[str, tf.Tensor]:
    return {name: tf.constant([row[name] for row in rows], tf.float64) for name in READINGS}


def test_takes_nine_numbers_and_returns_score_verdict_and_reading(
    answer: tf.types.experimental.ConcreteFunction,
) -> None:
    specification = {name: tf.TensorSpec([None], tf.float64, name) for name in READINGS}
    assert answer.structured_input_signature == ((), specification)
    assert {
        name: (spec.dtype.name, spec.shape.as_list())
        for name, spec in answer.structured_outputs.items()
    } == {"score": ("float64", [None]), "unusual": ("bool", [None]), "reading": ("string", [None])}


def test_learns_the_labels(answer: tf.types.experimental.ConcreteFunction) -> None:
    outputs = answer(**asked(*map(plain_reading, range(600, 640))))
    expected = [number % 10 == 0 for number in range(600, 640)]
    assert outputs["unusual"].numpy().tolist() == expected
    scores = outputs["score"].numpy()
    assert scores[expected].min() > scores[np.logical_not(expected)].max()
    assert set(outputs["reading"].numpy()) <= {name.encode() for name in READINGS}


def test_numbers_at_the_ends_of_their_ranges_are_answered(
    answer: tf.types.experimental.ConcreteFunction,
) -> None:
    ends = dict.fromkeys(READINGS, 32767.0)
    outputs = answer(**asked(ends, {name: -value for name, value in ends.items()}))
    assert np.isfinite(outputs["score"].numpy()).all()
    assert set(outputs["reading"].numpy()) <= {name.encode() for name in READINGS}
