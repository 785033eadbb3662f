"""A linear model of one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions, option
from model_training.workload import Array, Arrays, Columns, Pieces


@dataclass(frozen=True)
class LampOptions(TrainingOptions):
    """How to train, and from how many lumen on a lamp is bright."""

    bright_from: float = option(500.0, minimum=0)


class Lamps:
    """`Workload` of lamps."""

    options = LampOptions

    def extract(self, rows: Columns) -> Columns:
        """Returns watts as they are."""
        return {"watts": rows["watts"]}

    def prepare(self, train: Pieces, options: LampOptions) -> float:
        """Returns the most watts there are."""
        return max(float(piece.rows["watts"].max()) for piece in train())

    def features(self, extracted: Columns, prepared: float) -> Columns:
        """Scales watts."""
        return {"watts": tf.cast(extracted["watts"] / prepared, tf.float32)[:, tf.newaxis]}

    def targets(self, rows: Columns, prepared: float) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns lumen; every lamp counts."""
        lumen = tf.cast(rows["lumen"], tf.float32)
        return lumen, tf.ones_like(lumen)

    def network(self, prepared: float, options: LampOptions) -> keras.Model:
        """Builds a line."""
        watts = keras.Input((1,), name="watts")
        return keras.Model({"watts": watts}, {"lumen": keras.layers.Dense(1)(watts)[:, 0]})

    def loss(self, targets: tf.Tensor, outputs: Columns, options: LampOptions) -> tf.Tensor:
        """Returns the squared error."""
        return (targets - outputs["lumen"]) ** 2

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Returns the error, turned round."""
        return float(-np.abs(targets - outputs["lumen"]).mean())

    def serving(
        self, network: keras.Model, prepared: float, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns lumen, and whether they are many."""

        def answer(rows: Columns) -> Columns:
            lumen = network(self.features(self.extract(rows), prepared))["lumen"]
            return {"lumen": lumen, "bright": lumen > 500.0}

        return answer

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Measures the error in lumen."""
        error = float(np.abs(rows["lumen"] - answers["lumen"]).mean())
        return Evaluation({"closeness": -error, "share_of_bright": answers["bright"].mean()})


WORKLOAD = Lamps()
