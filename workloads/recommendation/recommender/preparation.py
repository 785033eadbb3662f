"""What the network needs of the training split before its first batch."""

from __future__ import annotations

from dataclasses import dataclass

import tensorflow as tf
from model_training.workload import Pieces

from workloads.recommendation.recommender.catalogue import NOTHING, Catalogue, read_catalogue
from workloads.recommendation.recommender.item_to_item import Weights, solve


@dataclass(frozen=True)
class Preparation:
    """The result of `prepare`.

    Attributes:
        catalogue: Its items.
        item_to_item: Weights from `item_to_item.solve`.
        ids: Table from item to id; unknown items and padding have the id 0.
    """

    catalogue: Catalogue
    item_to_item: Weights
    ids: tf.lookup.StaticHashTable


def prepare(train: Pieces, largest_catalogue: int) -> Preparation:
    """Reads the catalogue and solves the linear model."""
    catalogue, users = read_catalogue((rows for rows, _ in train()), largest_catalogue)
    table = tf.lookup.KeyValueTensorInitializer(
        tf.constant(catalogue.items, tf.string),
        tf.range(1, catalogue.ids, dtype=tf.int64),
    )
    return Preparation(
        catalogue,
        solve(users, catalogue.ids),
        tf.lookup.StaticHashTable(table, NOTHING),
    )
