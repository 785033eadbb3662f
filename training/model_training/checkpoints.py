"""Checkpoints after every epoch, for training that spot instances may interrupt."""

from __future__ import annotations

import tempfile
from pathlib import Path

import keras
import tensorflow as tf


class Checkpoints:
    """Saves and restores a training's state.

    SageMaker copies the folder to S3 while training runs and back when it starts again.
    """

    def __init__(
        self,
        directory: Path,
        network: keras.Model,
        optimizer: keras.optimizers.Optimizer,
        writes: bool,
    ) -> None:
        """Prepares the checkpoint.

        Args:
            directory: Where checkpoints are, or will be.
            network: What is trained.
            optimizer: Its optimizer.
            writes: Whether this instance is the one whose checkpoints count. The others save too,
                because saving is a joint operation, but where nobody looks.
        """
        self._epoch = tf.Variable(0, dtype=tf.int64, trainable=False)
        self._checkpoint = tf.train.Checkpoint(
            network=network, optimizer=optimizer, epoch=self._epoch
        )
        self._directory = str(directory)
        self._manager = tf.train.CheckpointManager(
            self._checkpoint, self._directory if writes else tempfile.mkdtemp(), max_to_keep=1
        )

    def restore(self) -> int:
        """Restores the newest checkpoint.

        Returns:
            The epochs it had finished; 0 when there is none.
        """
        newest = tf.train.latest_checkpoint(self._directory)
        if newest is not None:
            self._checkpoint.restore(newest).assert_consumed()
        return int(self._epoch.numpy())

    def save(self, epoch: int) -> None:
        """Saves the state after an epoch, counted from 1."""
        self._epoch.assign(epoch)
        self._manager.save(checkpoint_number=epoch)
