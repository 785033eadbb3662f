"""The parts of the model that training calls."""

from __future__ import annotations

import json
import math
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from model_training.problems import InputError
from model_training.workload import Arrays, Columns

from workloads.sensor_anomaly.detector.network import LOGIT, POSITIONS, RESIDUALS, SCALED
from workloads.sensor_anomaly.detector.readings import READINGS
from workloads.sensor_anomaly.detector.serving import Detector
from workloads.sensor_anomaly.model import WORKLOAD, SensorAnomalyOptions
from workloads.sensor_anomaly.tests.readings import columns, passes


def tensors(rows: Arrays) -> Columns:
    return {name: tf.constant(values) for name, values in rows.items()}


def test_the_default_epochs_are_those_of_workload_json() -> None:
    # The pipeline's epochs come from workload.json; a run by hand takes the option's default.
    file = Path(__file__).resolve().parents[1] / "workload.json"
    assert WORKLOAD.options().epochs == json.loads(file.read_text())["epochs"]


@pytest.mark.parametrize(
    ("said", "found"),
    [([None, False], "1 are labelled, 0 of them"), ([True, None], "1 are labelled, 1 of them")],
)
def test_refuses_labels_of_one_kind_only(said: list[bool | None], found: str) -> None:
    with pytest.raises(InputError) as caught:
        WORKLOAD.prepare(passes(columns({}, said)), WORKLOAD.options())
    assert str(caught.value) == (
        f"Of the training readings, {found} as anomalies. Expected some of both kinds: "
        "wait until more readings are labelled."
    )


def test_every_reading_has_the_weight_1_with_or_without_a_label() -> None:
    rows = columns({"f1": [1.0, 2.0, 3.0]}, [True, False, None])
    prepared = WORKLOAD.prepare(passes(rows), WORKLOAD.options())
    targets, weights = WORKLOAD.targets(tensors(rows), prepared)
    assert targets.numpy().tolist() == [[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    assert weights.numpy().tolist() == [1.0, 1.0, 1.0]
    features = WORKLOAD.features(WORKLOAD.extract(tensors(rows)), prepared)
    assert {name: values.shape.as_list() for name, values in features.items()} == {
        SCALED: [3, 9],
        POSITIONS: [3, 144],
    }
    network = WORKLOAD.network(prepared, WORKLOAD.options())
    assert {name: one.shape.as_list() for name, one in network(features).items()} == {
        RESIDUALS: [3, 9],
        LOGIT: [3],
    }


def test_loss_of_both_parts_by_hand() -> None:
    targets = tf.constant([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    outputs = {
        RESIDUALS: tf.repeat(tf.constant([[1.0], [2.0], [3.0]]), 9, axis=1),
        LOGIT: tf.math.log(tf.constant([3.0, 3.0, 3.0])),
    }
    options = SensorAnomalyOptions(trimmed=0.0, label_weight=2.0)
    losses = WORKLOAD.loss(targets, outputs, options).numpy()
    assert losses == pytest.approx([-2 * math.log(0.75), 4 - 2 * math.log(0.25), 9.0])


def test_labels_do_not_train_the_autoencoder() -> None:
    rows = columns({"f1": [1.0, 2.0, 9.0]}, [False, False, True])
    prepared = WORKLOAD.prepare(passes(rows), WORKLOAD.options())
    network = WORKLOAD.network(prepared, WORKLOAD.options())
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(
            network(WORKLOAD.features(WORKLOAD.extract(tensors(rows)), prepared))[LOGIT]
        )
    moved = {
        variable.path.split("/")[0]
        for variable, gradient in zip(
            network.trainable_variables,
            tape.gradient(loss, network.trainable_variables),
            strict=True,
        )
        if gradient is not None
    }
    assert moved == {"head_1", "head_2", LOGIT}


def test_the_score_is_the_likelihood_of_the_labels() -> None:
    targets = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    outputs = {LOGIT: np.log(np.array([3.0, 3.0, 1e9], np.float32))}
    expected = (math.log(0.75) + math.log(0.25)) / 2
    assert WORKLOAD.score(targets, outputs) == pytest.approx(expected)
    assert WORKLOAD.score(targets[2:], {LOGIT: outputs[LOGIT][2:]}) == 0.0


def known_network() -> keras.Model:
    """Expects 0 of every number; its logit is twice the first one."""
    scaled = keras.Input((9,), name=SCALED)
    outputs = {RESIDUALS: keras.layers.Identity()(scaled), LOGIT: 2.0 * scaled[:, 0]}
    return keras.Model(inputs={SCALED: scaled}, outputs=outputs)


def as_they_are(rows: Columns) -> Columns:
    return {SCALED: tf.cast(tf.stack([rows[name] for name in READINGS], axis=1), tf.float32)}


def test_uses_threshold_and_distances_of_the_validation_split() -> None:
    # f2 is usually 4 off and f1 is 1 off; what was called an anomaly does not say what is usual.
    numbers = {"f1": [1.0, -1.0, 1.0, 2.0], "f2": [4.0, -4.0, 4.0, 99.0]}
    validation = passes(columns(numbers, [False, False, None, True]))
    detector = Detector(known_network(), as_they_are, validation)
    low, high = 1 / (1 + math.exp(-2)), 1 / (1 + math.exp(-4))
    assert detector.threshold == pytest.approx((low + high) / 2)
    assert detector.distances.tolist() == pytest.approx([1.0, 4.0, *[0.001] * 7])
    answers = detector(tensors(columns({"f1": [2.0, 1.0], "f2": [7.0, -5.0]}, [None, None])))
    assert answers["score"].numpy() == pytest.approx([high, low])
    assert answers["unusual"].numpy().tolist() == [True, False]
    # Twice the usual distance against seven quarters, then once against five quarters.
    assert answers["reading"].numpy().tolist() == [b"f1", b"f2"]


def test_a_validation_split_of_anomalies_alone_gives_the_smallest_distances() -> None:
    detector = Detector(known_network(), as_they_are, passes(columns({}, [True])))
    assert detector.distances.tolist() == pytest.approx([0.001] * 9)
