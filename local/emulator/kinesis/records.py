"""The records of one shard, in the order of their sequence numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        number: Its sequence number.
        arrival: When it arrived, in milliseconds since 1970.
        partition_key: As the producer sent it.
        data: As the producer sent it.
        size: Bytes of data and partition key, which is what limits count.
    """

    number: int
    arrival: int
    partition_key: str
    data: bytes
    size: int


class RecordLog:
    """The records of a shard: new ones are appended, the oldest ones expire.

    Attributes:
        trimmed: Sequence number of the last record that expired, 0 before the first one did.
    """

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._numbers: list[int] = []
        # The latest arrival so far: arrivals are out of order where a test turned the clock back.
        self._latest: list[int] = []
        self.trimmed = 0

    def append(self, record: Record) -> None:
        """Adds a record whose number is greater than those before."""
        self._records.append(record)
        self._numbers.append(record.number)
        self._latest.append(
            max(record.arrival, self._latest[-1]) if self._latest else record.arrival
        )

    def expire(self, horizon: int) -> None:
        """Removes the oldest records, as long as they arrived before `horizon` (milliseconds)."""
        count = 0
        while count < len(self._records) and self._records[count].arrival < horizon:
            count += 1
        if count:
            self.trimmed = self._numbers[count - 1]
            del self._records[:count], self._numbers[:count], self._latest[:count]

    def holds(self, number: int) -> bool:
        """Whether a record has exactly this number."""
        index = bisect_left(self._numbers, number)
        return index < len(self._numbers) and self._numbers[index] == number

    def page(self, after: int, limit: int, most_bytes: int) -> list[Record]:
        """Returns the records after number `after`, at most `limit` and at most `most_bytes`.

        No record is larger than `most_bytes`, so the page is empty only at the end of the log.
        """
        begin = bisect_right(self._numbers, after)
        records = self._records[begin : begin + limit]
        size = 0
        for count, record in enumerate(records):
            size += record.size
            if size > most_bytes:
                return records[:count]
        return records

    def next(self, after: int) -> Record | None:
        """Returns the record after number `after`; None at the end."""
        index = bisect_right(self._numbers, after)
        return self._records[index] if index < len(self._records) else None

    def before_time(self, arrival: int) -> int:
        """Returns the number before that of the first record that arrived at `arrival` or later.

        Without such a record it is the number of the last record; without any before it, 0.
        """
        index = bisect_left(self._latest, arrival)
        return self._numbers[index - 1] if index else 0

    @property
    def last_number(self) -> int:
        """Sequence number of the newest record, expired ones included; 0 when there was none."""
        return self._numbers[-1] if self._numbers else self.trimmed
