"""The calls that the stand-in of Kinesis received per shard, compared with Kinesis's quotas.

The quotas are those of the Kinesis developer guide, "Quotas and limits", and of the API reference
of GetRecords and GetShardIterator.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from tests.python.streaming_run.emulator import Emulator

_MEGABYTES_PER_SECOND = 2
_CALLS_PER_SECOND = 5

QUOTAS_PER_SHARD_AND_MINUTE = {
    "getRecords": 60 * _CALLS_PER_SECOND,
    "getShardIterator": 60 * _CALLS_PER_SECOND,
    "megabytesRead": 60 * _MEGABYTES_PER_SECOND,
}


@dataclass(frozen=True)
class Activity:
    """Calls and bytes of all shards of a stream together.

    Attributes:
        get_records: Calls that were answered.
        get_shard_iterator: Calls that were answered.
        throttled: Calls of both that were throttled.
        records_read: Records in the answers.
        bytes_read: Their data and partition keys.
    """

    get_records: int
    get_shard_iterator: int
    throttled: int
    records_read: int
    bytes_read: int

    @property
    def calls(self) -> int:
        """All calls, refused ones included."""
        return self.get_records + self.get_shard_iterator + self.throttled

    def since(self, before: Activity) -> Activity:
        """Returns what came on top of an earlier state."""
        return Activity(
            **{
                field.name: getattr(self, field.name) - getattr(before, field.name)
                for field in fields(self)
            }
        )

    def per_shard_and_minute(self, shards: int, seconds: float) -> dict[str, float]:
        """Returns the figures of `QUOTAS_PER_SHARD_AND_MINUTE`, and the calls that were refused.

        Args:
            shards: How many shards were read.
            seconds: How long that took.
        """
        share = 60 / seconds / shards
        return {
            "getRecords": round(self.get_records * share, 1),
            "getShardIterator": round(self.get_shard_iterator * share, 1),
            "megabytesRead": round(self.bytes_read * share / 1e6, 1),
            "throttled": round(self.throttled * share, 1),
        }


def activity(emulator: Emulator, stream: str) -> Activity:
    """Returns what was asked of a stream so far.

    Args:
        emulator: The stand-in.
        stream: Name of the stream.
    """
    shards = emulator.change()["streams"][stream].values()

    def total(name: str) -> int:
        return sum(shard[name] for shard in shards)

    return Activity(
        get_records=total("getRecords"),
        get_shard_iterator=total("getShardIterator"),
        throttled=total("throttled"),
        records_read=total("recordsRead"),
        bytes_read=total("bytesRead"),
    )
