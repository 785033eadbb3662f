"""Sequence numbers with the form of Kinesis's.

Kinesis documents only that they are unique, increase within a shard, and are strings of digits.
These have 56 digits like the real ones, and random gaps. They increase from a shard to its
children, because they begin with the second in which the shard was created.
"""

from __future__ import annotations

import random

# Positions in bits: kind, second of creation, index within the shard, second of arrival, shard.
_KIND = 2 << 184
_BIRTH = 148
_INDEX = 80
_ARRIVAL = 36
_SHARD = 4
_LAST_DIGIT = 2
_HIGHEST_INDEX = 2**63 - 1
_LARGEST_GAP = 999


class SequenceNumbers:
    """Creates the sequence numbers of one shard.

    Args:
        shard: Number of the shard.
        birth_seconds: When the shard was created, in seconds since 1970; later than its parents.

    Attributes:
        birth_seconds: The same value.
    """

    def __init__(self, shard: int, birth_seconds: int) -> None:
        self.birth_seconds = birth_seconds
        self._fixed = _KIND | birth_seconds << _BIRTH | shard << _SHARD | _LAST_DIGIT
        self._index = 0
        self._gaps = random.Random(shard)

    @property
    def starting(self) -> int:
        """StartingSequenceNumber of the shard, smaller than that of any record."""
        return self._number(0, self.birth_seconds)

    def ending(self, milliseconds: int) -> int:
        """EndingSequenceNumber of a shard closed at that time, greater than that of any record."""
        return self._number(_HIGHEST_INDEX, milliseconds // 1000)

    def take(self, milliseconds: int) -> int:
        """Returns the sequence number of the next record, which arrives at that time."""
        self._index += 1 + int(self._gaps.random() * _LARGEST_GAP)
        return self._number(self._index, milliseconds // 1000)

    def _number(self, index: int, seconds: int) -> int:
        return self._fixed | index << _INDEX | seconds << _ARRIVAL
