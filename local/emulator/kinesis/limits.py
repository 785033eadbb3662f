"""What one shard gives and takes a second, as Kinesis's quotas say."""

from __future__ import annotations

from collections import deque

MEBIBYTE = 1024 * 1024

# Developer guide, "Quotas and limits"; API reference of GetRecords and GetShardIterator.
CALLS_PER_SECOND = 5
READ_BYTES_PER_SECOND = 2 * MEBIBYTE
WRITTEN_BYTES_PER_SECOND = MEBIBYTE
WRITTEN_RECORDS_PER_SECOND = 1000


class Throughput:
    """Amounts of the last second.

    An amount that is more than one second's share counts for as many seconds as it has shares:
    Kinesis gives a page of 10 MiB at once, and then nothing for 5 s.

    Args:
        per_second: The share of one second.
    """

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._amounts: deque[tuple[int, int]] = deque()
        self._used = 0

    def add(self, amount: int, now: int) -> None:
        """Counts an amount at `now`, in milliseconds since 1970."""
        until = now + max(1000, amount * 1000 // self._per_second)
        self._amounts.append((until, amount))
        self._used += amount

    def is_free(self, now: int) -> bool:
        """Whether something of this second's share is left."""
        return self._count(now) < self._per_second

    def has_room(self, amount: int, now: int) -> bool:
        """Whether the amount fits, or is larger than any share and nothing else was counted."""
        used = self._count(now)
        return used == 0 or used + amount <= self._per_second

    def _count(self, now: int) -> int:
        while self._amounts and self._amounts[0][0] <= now:
            self._used -= self._amounts.popleft()[1]
        return self._used


class ShardLimits:
    """The quotas of one shard."""

    def __init__(self) -> None:
        self.iterator_calls = Throughput(CALLS_PER_SECOND)
        self.record_calls = Throughput(CALLS_PER_SECOND)
        self.read_bytes = Throughput(READ_BYTES_PER_SECOND)
        self.written_bytes = Throughput(WRITTEN_BYTES_PER_SECOND)
        self.written_records = Throughput(WRITTEN_RECORDS_PER_SECOND)

    def admits_record(self, size: int, now: int) -> bool:
        """Whether a record of this size may be written at `now`; counts it when it may."""
        if not (self.written_records.is_free(now) and self.written_bytes.has_room(size, now)):
            return False
        self.written_records.add(1, now)
        self.written_bytes.add(size, now)
        return True
