"""What a workload's model is to the training: an object with these methods.

A workload is a folder of `workloads/`; its `model.py` holds the object under the name `WORKLOAD`.
Training, evaluation and serving call nothing else of it:

1. `extract` finds in each row what it says by itself, in TensorFlow.
2. `prepare` looks at all of that, and at the rows, for the training split as a whole.
3. `features` and `targets` make of it what the network takes and learns, in TensorFlow.
4. `network` and `loss` are trained epoch by epoch; `score` says which epoch is kept.
5. `serving` makes the function that is exported and served, and `measure` judges what that function
   answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

import keras
import numpy.typing as npt
import tensorflow as tf

from model_training.evaluation import Evaluation
from model_training.options import TrainingOptions

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
"""Columns in NumPy by name: [rows], or [rows, items] padded with 0 or "" at the end of shorter
rows."""

Columns = Mapping[str, tf.Tensor | tf.RaggedTensor]
"""Columns in TensorFlow by name: [rows], [rows, items], or ragged [rows, (items)]."""


class Piece(NamedTuple):
    """Some rows of a split.

    Attributes:
        rows: Their columns in the training set.
        extracted: What `extract` found in them.
    """

    rows: Arrays
    extracted: Columns


Pieces = Callable[[], Iterator[Piece]]
"""Each call is a new pass over a split, in pieces of at most 1,024 rows and always in the same
order."""

Prepared = TypeVar("Prepared")
Options = TypeVar("Options", bound=TrainingOptions)


class Workload(Protocol[Prepared, Options]):
    """A model, from rows of a training set to answers of the API.

    Attributes:
        options: Its hyperparameters: a frozen dataclass that extends `TrainingOptions`. Every field
            is made with `option` and can be set from the command line, `--label-smoothing 0.1` for
            `label_smoothing`.
    """

    options: type[Options]

    def extract(self, rows: Columns) -> Columns:
        """Finds what each row says by itself, whatever the others say, by graph operations only.

        What is costly belongs here, for example to take a text apart: it runs once over each split.

        Args:
            rows: The columns of the training set, or those of an instance of the API.

        Returns:
            By names of its own: [rows, ...], or ragged [rows, (items)] where rows differ in length;
            `rows` where there is nothing to find.
        """
        ...

    def prepare(self, train: Pieces, options: Options) -> Prepared:
        """Learns what the network must know before its first batch: vocabularies, scaling, class
        weights.

        Runs on every instance over all rows, and again after an interruption, so it must be
        deterministic.

        Args:
            train: The training split.
            options: The hyperparameters.

        Returns:
            Whatever the other methods need; nobody else looks inside.
        """
        ...

    def features(self, extracted: Columns, prepared: Prepared) -> Columns:
        """Makes of what was extracted what the network takes, by graph operations only: the input
        pipeline and serving share them.

        Args:
            extracted: From `extract`.
            prepared: From `prepare`.

        Returns:
            By the names of the network's inputs: [rows, ...], or ragged [rows, (items)] where rows
            differ in length. A batch of ragged features is padded with 0 to its longest row.
        """
        ...

    def targets(self, rows: Columns, prepared: Prepared) -> tuple[tf.Tensor, tf.Tensor]:
        """Says what is to be learned, by graph operations only.

        Args:
            rows: The columns of the training set.
            prepared: From `prepare`.

        Returns:
            The targets [rows, ...], and how much each row counts, float32 [rows]; 0 leaves a row
            out, of the loss and of the score.

        Raises:
            tf.errors.InvalidArgumentError: A row cannot be learned from (`tf.debugging.Assert`);
                the training ends with its message.
        """
        ...

    def network(self, prepared: Prepared, options: Options) -> keras.Model:
        """Builds an untrained network.

        Runs in the scope of the distribution strategy, and once more for the network that is kept;
        both must have the same weights, in the same order.

        Args:
            prepared: From `prepare`.
            options: The hyperparameters.

        Returns:
            A model of a dictionary of features, by the names that `features` gives, to a dictionary
            of outputs [rows, ...].
        """
        ...

    def loss(self, targets: tf.Tensor, outputs: Columns, options: Options) -> tf.Tensor:
        """Says how wrong the network is about each row, by graph operations only.

        Args:
            targets: From `targets`, [rows, ...].
            outputs: The network's, by name.
            options: The hyperparameters.

        Returns:
            The loss of each row, float32 [rows]; what is minimised is its mean after it was
            multiplied by the rows' weights.
        """
        ...

    def score(self, targets: Array, outputs: Arrays) -> float:
        """Judges a network after an epoch on the validation split.

        Args:
            targets: From `targets`, [rows, ...], of the rows that count.
            outputs: What the network returned for the same rows, by name.

        Returns:
            A figure of which more is better; the epoch with the highest is kept.
        """
        ...

    def serving(
        self, network: keras.Model, prepared: Prepared, validation: Pieces
    ) -> Callable[[Columns], Columns]:
        """Makes the function that is exported and answers the API.

        Args:
            network: The trained one.
            prepared: From `prepare`.
            validation: The validation split, for thresholds.

        Returns:
            A function of the instance's fields to the fields of a prediction, as
            `prediction.schema.json` names them: scalars [rows], arrays [rows, items]; strings,
            int64, floats and booleans. It must answer every instance that the schema allows, and
            should answer any other without failing. Make it a `tf.Module` with `__call__` if it
            holds tables or variables besides the network's.
        """
        ...

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Judges what a served function answered. Pure: the same rows and answers give the same
        figures.

        Args:
            rows: The columns of the test split.
            answers: Per field of a prediction what was answered for these rows.

        Returns:
            Figures by name, the gate's metric among them, and plots.
        """
        ...
