"""What an earlier attempt of a micro-batch has left in the lake.

A replay writes the partitions that its first attempt wrote, and so replaces them: the same records
are at the same moment the same rows. They are not once the event contract has changed in between:
a row may change sides, from quarantine to valid or back, and the partition that it has left is
replaced only if another row goes there.
"""

from __future__ import annotations

import datetime
import json

from streaming_ml.lake_layout import STATUSES, Hour, batch_uri
from streaming_ml.storage import Storage


class FormerAttempts:
    """Finds and removes files of micro-batches that were written and never committed.

    Args:
        storage: Where lake and checkpoint lie.
        events_uri: Root of the lake's events.
        checkpoint_uri: Root of the checkpoint.
    """

    def __init__(self, storage: Storage, events_uri: str, checkpoint_uri: str) -> None:
        self._storage = storage
        self._events_uri = events_uri
        self._checkpoint_uri = checkpoint_uri

    def files(self, batch_id: int, batch: str) -> list[str]:
        """Returns what the lake holds of a micro-batch, before it is written.

        Args:
            batch_id: Its number, whose offsets are recorded.
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
        """Removes those files that the new attempt has not replaced; it names no file alike."""
        self._storage.delete(files)

    def _hour(self, batch_id: int) -> Hour:
        uri = f"{self._checkpoint_uri}/offsets/{batch_id}"
        stored = self._storage.read(uri)
        if stored is None:
            raise FileNotFoundError(
                f"{uri} is missing, although Spark has planned the micro-batch: nobody can say "
                "where an earlier attempt has written. Bring it back from the bucket's older "
                "versions."
            )
        # The version of the format, what holds for the whole micro-batch, then each source.
        about = json.loads(stored.body.decode().splitlines()[1])
        moment = datetime.datetime.fromtimestamp(about["batchTimestampMs"] / 1000, datetime.UTC)
        return Hour.of(moment)
