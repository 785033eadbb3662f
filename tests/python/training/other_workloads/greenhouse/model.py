"""A regression and a decision at once, from numbers, categories and arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions, option
from model_training.workload import Array, Arrays, Columns, Pieces, Workload

_PEST_BUCKETS = 16
# Written for a plant that was not weighed.
_NO_GRAMS = -1.0


@dataclass(frozen=True)
class GreenhouseOptions(TrainingOptions):
    """Other defaults, and an option of every type."""

    epochs: int = option(6, minimum=1)
    batch_size: int = option(16, minimum=1)
    learning_rate: float = option(0.2, minimum=1e-9)
    decision_share: float = option(0.5, minimum=0, maximum=1)
    with_pests: bool = option(True)
    activation: str = option("linear")


@dataclass(frozen=True)
class Preparation:
    """Species in their order, and the usual humidity, 0 to 1."""

    species: tuple[str, ...]
    humidity: float


class GreenhouseFunction(tf.Module):  # type: ignore[misc]
    """Answers by a network, a table and a threshold."""

    def __init__(self, network: keras.Model, prepared: Preparation, grams: float) -> None:
        """Holds what must be saved."""
        super().__init__()
        self._network = network
        self._prepared = prepared
        self._ripe_from = tf.Variable(grams, trainable=False)
        companions = tf.lookup.KeyValueTensorInitializer(
            list(prepared.species), [*prepared.species[1:], "basil"]
        )
        self._companions = tf.lookup.StaticHashTable(companions, "basil")

    def __call__(self, rows: Columns) -> Columns:
        """Returns every field of a prediction."""
        found = WORKLOAD.features(WORKLOAD.extract(rows), self._prepared)
        features = {
            name: values.to_tensor() if isinstance(values, tf.RaggedTensor) else values
            for name, values in found.items()
        }
        grams = self._network(features, training=False)["grams"]
        first = self._companions.lookup(rows["species"])
        return {
            "grams": grams,
            "ripe": grams >= self._ripe_from,
            "rank": tf.cast(tf.maximum(grams, 0.0) // 10, tf.int64),
            "companions": tf.stack([first, self._companions.lookup(first)], axis=1),
        }


class Greenhouse:
    """As wide a workload as the interface allows: several outputs, ragged features, no grouping."""

    options = GreenhouseOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns the species as a string, dense and ragged numbers."""
        growth = tf.cast(rows["growth"], tf.float32)
        pests = tf.strings.to_hash_bucket_fast(rows["pests"], _PEST_BUCKETS - 1) + 1
        plain = [
            tf.cast(rows["leaves"], tf.float32) / 10,
            tf.cast(rows["humidity"], tf.float32) / 100,
            tf.cast(rows["watered"], tf.float32),
        ]
        return {
            "plain": tf.stack(plain, axis=1),
            "species": rows["species"],
            "growth": tf.RaggedTensor.from_tensor(growth, padding=0.0),
            "pests": tf.ragged.boolean_mask(pests, rows["pests"] != ""),
        }

    def prepare(self, train: Pieces, options: GreenhouseOptions) -> Preparation:
        """Looks at species as they are written and at extracted humidity, piece by piece."""
        species: set[str] = set()
        humidity: list[Array] = []
        for piece in train():
            species.update(piece.rows["species"].tolist())
            humidity.append(piece.extracted["plain"][:, 1].numpy())
        return Preparation(tuple(sorted(species)), float(np.concatenate(humidity).mean()))

    def features(self, extracted: Columns, prepared: Preparation) -> Columns:
        """Returns dense and ragged features."""
        species = extracted["species"][:, tf.newaxis] == prepared.species
        return {
            **extracted,
            "plain": extracted["plain"] - [0.0, prepared.humidity, 0.0],
            "species": tf.cast(species, tf.float32),
        }

    def targets(self, rows: Columns, prepared: Preparation) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns grams and picked, [rows, 2]; a plant that was not weighed does not count."""
        grams = rows["grams"]
        weighed = grams >= 0
        known = tf.reduce_all(weighed | (grams == _NO_GRAMS))
        with tf.control_dependencies([tf.debugging.Assert(known, ["grams must be known or -1"])]):
            targets = tf.stack([grams, tf.cast(rows["picked"], tf.float64)], axis=1)
        return tf.cast(targets, tf.float32), tf.cast(weighed, tf.float32)

    def network(self, prepared: Preparation, options: GreenhouseOptions) -> keras.Model:
        """Builds a linear network."""
        inputs = {
            "plain": keras.Input((3,), name="plain"),
            "species": keras.Input((len(prepared.species),), name="species"),
            "growth": keras.Input((None,), name="growth"),
            "pests": keras.Input((None,), dtype="int64", name="pests"),
        }
        known = [
            inputs["plain"],
            inputs["species"],
            keras.ops.sum(inputs["growth"], axis=1, keepdims=True),
        ]
        if options.with_pests:
            weights = keras.layers.Embedding(_PEST_BUCKETS, 1, "zeros")(inputs["pests"])
            real = keras.ops.cast(inputs["pests"] != 0, "float32")
            known.append(keras.ops.sum(weights[:, :, 0] * real, axis=1, keepdims=True))
        joined = keras.layers.Concatenate()(known)
        outputs = {
            name: keras.layers.Dense(1, activation=options.activation)(joined)[:, 0]
            for name in ("grams", "picked")
        }
        return keras.Model(inputs=inputs, outputs=outputs)

    def loss(self, targets: tf.Tensor, outputs: Columns, options: GreenhouseOptions) -> tf.Tensor:
        """Returns the squared error and the decision's cross-entropy."""
        decision = tf.nn.sigmoid_cross_entropy_with_logits(targets[:, 1], outputs["picked"])
        return (targets[:, 0] - outputs["grams"]) ** 2 + options.decision_share * decision

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the mean absolute error, turned round: more is better."""
        return float(-np.abs(targets[:, 0] - outputs["grams"]).mean())

    def serving(
        self, network: keras.Model, prepared: Preparation, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """A plant is ripe from the least grams at which one of the validation split was picked."""
        picked = [rows["grams"][rows["picked"] & (rows["grams"] >= 0)] for rows, _ in validation()]
        return GreenhouseFunction(network, prepared, float(np.concatenate(picked).min()))

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Measures the error in grams."""
        error = float(np.abs(rows["grams"] - answers["grams"]).mean())
        return Evaluation(metrics={"closeness": -error})


WORKLOAD: Workload[Preparation, GreenhouseOptions] = Greenhouse()
