from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from workloads.recommendation.recommender.layers import ItemToItem, RecentItems


def test_older_items_have_smaller_weights() -> None:
    vectors = tf.constant([[[1.0], [10.0], [100.0]]])
    bags = RecentItems((0.0, 0.5))(vectors, tf.constant([[0, 1, 2, 3]])).numpy()
    two, three = np.sqrt(1 + 0.25), np.sqrt(1 + 0.25 + 0.0625)
    expected = [
        [0.0, 0.0],
        [1.0, 1.0],
        [10.0, float((10 + 0.5) / two)],
        [100.0, float((100 + 5 + 0.25) / three)],
    ]
    np.testing.assert_allclose(bags[0], np.array(expected), rtol=1e-6)


def test_the_linear_model_sums_the_weights_of_the_items() -> None:
    layer = ItemToItem(3)
    items = tf.constant([[1, 2, 1], [2, 0, 0]])
    count = tf.constant([3, 1])
    assert layer(items, count).numpy().tolist() == [[0, 0, 0], [0, 0, 0]]
    fast = np.array([[9, 9, 9], [1, 0, 0], [0, 1, 0]], np.float32)
    layer.know(np.stack([fast, 100 * fast]))
    found = layer(items, count).numpy()
    expected = [
        [1 + 0.49 + 100 * (1 + 0.9025), 0.7 + 100 * 0.95, 0],
        [0, 1 + 100, 0],
    ]
    np.testing.assert_allclose(found, np.array(expected), rtol=1e-6)
    # Only the first two of three: the last one has not happened yet.
    np.testing.assert_allclose(
        layer(items, tf.constant([2, 0])).numpy(),
        np.array([[0.7 + 95, 1 + 100, 0], [0, 0, 0]]),
        rtol=1e-6,
    )


def test_layers_can_be_created_from_their_configuration() -> None:
    recent = RecentItems.from_config(RecentItems((0.0, 0.5)).get_config())
    assert recent.decays == (0.0, 0.5)
    linear = ItemToItem.from_config(ItemToItem(7).get_config())
    assert (linear.ids, linear.trainable) == (7, False)
    shape = recent(keras.Input((None, 4)), keras.Input((None,), dtype="int32")).shape
    assert shape == (None, None, 8)
