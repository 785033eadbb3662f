"""How many calls a second one shard answers, and with how many bytes, by Kinesis's quotas."""

from __future__ import annotations

from collections import deque

MEBIBYTE = 1024 * 1024

# Developer guide, "Quotas and limits"; API reference of GetRecords and GetShardIterator.
CALLS_PER_SECOND = 5
READ_BYTES_PER_SECOND = 2 * MEBIBYTE


class Throughput:
    """Amounts of the last second.

    An amount larger than the quota of one second counts for as many seconds as it takes up:
    Kinesis returns a page of 10 MiB at once, and then nothing for 5 s.

    Args:
        per_second: The quota of one second.
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
        """Whether the quota of this second is not used up."""
        return self._count(now) < self._per_second

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
