"""The interface of a workload's model.

A workload is a folder of `workloads/`; its `model.py` has the object `WORKLOAD` with these methods.
Training, evaluation and serving call nothing else of it:

1. `extract` computes features of each row alone, in TensorFlow.
2. `prepare` computes what depends on the training split as a whole, from rows and extracted
features. 3. `features` and `targets` compute the network's inputs and targets, in TensorFlow.
4. `network` and `loss` are trained epoch by epoch; `score` decides which epoch is kept.
5. `serving` returns the function that is saved and served, and `measure` evaluates its predictions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

import keras
import numpy.typing as npt
import tensorflow as tf

from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions

# Columns in NumPy by name: [rows], or [rows, items] padded with 0 or "" at the end of shorter
# arrays.
Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]

# Columns in TensorFlow by name: [rows], [rows, items], or ragged [rows, (items)].
Columns = Mapping[str, tf.Tensor | tf.RaggedTensor]


class Piece(NamedTuple):
    """Some rows of a split.

    Attributes:
        rows: Their columns in the training set.
        extracted: The result of `extract` for them.
    """

    rows: Arrays
    extracted: Columns


# Each call iterates over a split, in pieces of at most 1,024 rows, always in the same order.
Pieces = Callable[[], Iterator[Piece]]

Prepared = TypeVar("Prepared")
Options = TypeVar("Options", bound=TrainingOptions)


class Workload(Protocol[Prepared, Options]):
    """A model, from the rows of a training set to the predictions of the API.

    Attributes:
        options: Its hyperparameters: a frozen dataclass that extends `TrainingOptions`. Every field
            is created by `option` and can be set on the command line: `--label-smoothing 0.1` for
            `label_smoothing`.
    """

    options: type[Options]

    def extract(self, rows: Columns) -> Columns:
        """Computes features of each row alone, by graph operations only.

        Expensive operations belong here, for example to tokenize a text: it runs once per split.

        Args:
            rows: The columns of the training set, or the fields of instances of the API.

        Returns:
            Features by name: [rows, ...], or ragged [rows, (items)] if rows differ in length;
            `rows` if there is nothing to compute.
        """
        ...

    def prepare(self, train: Pieces, options: Options) -> Prepared:
        """Computes what the network needs before its first batch: vocabularies, scaling, class
        weights.

        It runs on every instance over all rows, and again after an interruption, so it must be
        deterministic.

        Args:
            train: The training split.
            options: The hyperparameters.

        Returns:
            Anything that the other methods need; only they use it.
        """
        ...

    def features(self, extracted: Columns, prepared: Prepared) -> Columns:
        """Computes the network's inputs, by graph operations only: the input pipeline and serving
        use the same.

        Args:
            extracted: From `extract`.
            prepared: From `prepare`.

        Returns:
            Inputs by name: [rows, ...], or ragged [rows, (items)] if rows differ in length. A
            batch of ragged inputs is padded with 0 to its longest row.
        """
        ...

    def targets(self, rows: Columns, prepared: Prepared) -> tuple[tf.Tensor, tf.Tensor]:
        """Computes the targets, by graph operations only.

        Args:
            rows: The columns of the training set.
            prepared: From `prepare`.

        Returns:
            The targets [rows, ...], and the weight of each row, float32 [rows]; 0 excludes a row
            from the loss and the score.

        Raises:
            tf.errors.InvalidArgumentError: A row cannot be used (`tf.debugging.Assert`); the
                training ends with its message.
        """
        ...

    def network(self, prepared: Prepared, options: Options) -> keras.Model:
        """Builds an untrained network.

        It runs in the scope of the distribution strategy, and once more for the network that is
        kept; both must have the same weights, in the same order.

        Args:
            prepared: From `prepare`.
            options: The hyperparameters.

        Returns:
            A model from a dictionary of inputs, with the names that `features` returns, to a
            dictionary of outputs [rows, ...].
        """
        ...

    def loss(self, targets: tf.Tensor, outputs: Columns, options: Options) -> tf.Tensor:
        """Computes the loss of each row, by graph operations only.

        Args:
            targets: From `targets`, [rows, ...].
            outputs: The network's, by name.
            options: The hyperparameters.

        Returns:
            The loss of each row, float32 [rows]. The training minimises the mean of the losses
            multiplied by the weights.
        """
        ...

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Scores a network on the validation split after an epoch.

        Args:
            targets: From `targets`, [rows, ...], of rows with a weight above 0.
            outputs: The network's outputs for the same rows, by name.

        Returns:
            The score; the epoch with the highest score is kept.
        """
        ...

    def serving(
        self, network: keras.Model, prepared: Prepared, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Returns the function that is saved and serves the API.

        Args:
            network: The trained network.
            prepared: From `prepare`.
            validation: The validation split, for thresholds.

        Returns:
            A function from the fields of instances to the fields of predictions, as
            `prediction.schema.json` names them: scalars [rows], arrays [rows, items]; strings,
            int64, floats and booleans. It must accept every instance that the schema allows, and
            should not fail for any other. If it has tables or variables besides the network's,
            it must be a `tf.Module` with `__call__`.
        """
        ...

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Evaluates predictions. Pure: the same rows and predictions give the same metrics.

        Args:
            rows: The columns of the test split.
            answers: The predictions for these rows, by field.

        Returns:
            Metrics, including the gate's, and plots.
        """
        ...
