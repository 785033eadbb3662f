from __future__ import annotations

import math

import pytest
import tensorflow as tf

from workloads.sensor_anomaly.detector.loss import label_loss, reconstruction_loss


def residuals(*each: float) -> tf.Tensor:
    """The same residual in all nine numbers of a row: its square is the row's loss."""
    return tf.repeat(tf.constant(each)[:, tf.newaxis], 9, axis=1)


def test_the_largest_losses_are_left_out() -> None:
    nobody = tf.constant([False] * 5)
    rows = residuals(3.0, 1.0, -9.0, 2.0, 0.0)
    assert reconstruction_loss(rows, nobody, 0.0).numpy().tolist() == [9.0, 1.0, 81.0, 4.0, 0.0]
    assert reconstruction_loss(rows, nobody, 0.4).numpy().tolist() == [0.0, 1.0, 0.0, 4.0, 0.0]
    # One row is learned from at least.
    assert reconstruction_loss(residuals(2.0), tf.constant([False]), 0.9).numpy().tolist() == [4.0]


def test_labelled_anomalies_are_not_learned() -> None:
    losses = reconstruction_loss(residuals(1.0, 2.0, 3.0), tf.constant([True, False, False]), 0.0)
    assert losses.numpy().tolist() == [0.0, 4.0, 9.0]


def test_trimming_leaves_no_gradient() -> None:
    rows = residuals(1.0, 5.0)
    with tf.GradientTape() as tape:
        tape.watch(rows)
        loss = tf.reduce_sum(reconstruction_loss(rows, tf.constant([False, False]), 0.5))
    gradient = tape.gradient(loss, rows).numpy()
    assert gradient[0] == pytest.approx([2 / 9] * 9)
    assert not gradient[1].any()


def test_the_label_loss_is_0_without_a_label() -> None:
    logits = tf.constant([math.log(3), math.log(3), 7.0])
    losses = label_loss(
        logits, tf.constant([True, False, False]), tf.constant([True, True, False])
    ).numpy()
    # The probability is 3 of 4.
    assert losses == pytest.approx([-math.log(0.75), -math.log(0.25), 0.0])
