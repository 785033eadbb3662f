"""Removes files that an earlier attempt of a micro-batch has left in the lake.

A replay normally writes the same rows into the same partitions, and so replaces them. If the event
contract has changed since the first attempt, a row may move from quarantine to valid or back, and
the partition that it left is replaced only if it gets another row.
"""

from __future__ import annotations

import datetime
import json

from streaming_ml.lake_layout import STATUSES, Hour, batch_uri
from streaming_ml.storage import Storage


class FormerAttempts:
    """Finds and removes files of micro-batches that were written and not committed.

    Args:
        storage: Has the lake and the checkpoint.
        events_uri: Root of the lake's events.
        checkpoint_uri: Root of the checkpoint.
    """

    def __init__(self, storage: Storage, events_uri: str, checkpoint_uri: str) -> None:
        self._storage = storage
        self._events_uri = events_uri
        self._checkpoint_uri = checkpoint_uri

    def files(self, batch_id: int, batch: str) -> list[str]:
        """Returns the files of a micro-batch that are in the lake before it is written.

        Args:
            batch_id: Its number; the checkpoint has its offsets.
            batch: The value of its partition `batch`.

        Raises:
            FileNotFoundError: The checkpoint does not hold the micro-batch's offsets.
        """
        hour = self._hour(batch_id)
        return [
            found.uri
            for status in STATUSES
            for found in self._storage.objects(batch_uri(self._events_uri, status, hour, batch))
        ]

    def remove(self, files: list[str]) -> None:
        """Removes these files; the new attempt uses other file names."""
        self._storage.delete(files)

    def _hour(self, batch_id: int) -> Hour:
        uri = f"{self._checkpoint_uri}/offsets/{batch_id}"
        stored = self._storage.read(uri)
        if stored is None:
            raise FileNotFoundError(
                f"{uri} is missing, although Spark has planned the micro-batch. Without it the "
                "files of an earlier attempt cannot be found. Restore it from an older version of "
                "the object."
            )
        # Lines: version of the format, metadata of the micro-batch, then one line per source.
        metadata = json.loads(stored.body.decode().splitlines()[1])
        moment = datetime.datetime.fromtimestamp(metadata["batchTimestampMs"] / 1000, datetime.UTC)
        return Hour.of(moment)
