"""Checkpoints after every epoch, because spot instances may be interrupted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import keras
import tensorflow as tf


class Checkpoints:
    """Saves and restores the state of a training.

    SageMaker copies the folder to S3 during the training, and back when the training restarts.
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
            directory: Folder of the checkpoints.
            network: The network that is trained.
            optimizer: Its optimizer.
            writes: Whether this instance writes to `directory`. The other instances must also
                save, because saving is a collective operation, and do so in a temporary folder.
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
            The number of epochs that were finished; 0 without a checkpoint.
        """
        newest = tf.train.latest_checkpoint(self._directory)
        if newest is not None:
            self._checkpoint.restore(newest).assert_consumed()
        return int(self._epoch.numpy())

    def save(self, epoch: int) -> None:
        """Saves the state after an epoch, counted from 1."""
        self._epoch.assign(epoch)
        self._manager.save(checkpoint_number=epoch)
