"""The clock of the stand-in for Kinesis, which tests may move."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """This machine's time, moved by an offset.

    Args:
        source: Returns seconds since 1970; tests pass one that stands still.

    Attributes:
        offset_seconds: How far the streams' time is ahead of this machine's; negative when it is
            behind.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self.offset_seconds = 0.0

    def seconds(self) -> float:
        """Seconds since 1970."""
        return self._source() + self.offset_seconds

    def milliseconds(self) -> int:
        """Milliseconds since 1970, the precision of Kinesis's time stamps."""
        return int(self.seconds() * 1000)
