"""Keeps the query running: restarts it within a budget, and stops it at a batch boundary."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Protocol

from streaming_ml.last_cause import last_cause

log = logging.getLogger(__name__)

BUDGET_WINDOW_SECONDS = 3600
_LONGEST_PAUSE_SECONDS = 30
_POLL_SECONDS = 0.5


class Ending(Enum):
    """How the supervision has ended."""

    STOPPED = "stopped"
    FAILED = "failed"
    LOCK_LOST = "lock lost"


class Query(Protocol):
    """The part of a streaming query that is supervised."""

    def wait(self, seconds: float) -> bool:
        """Waits; returns whether the query has ended. Raises the exception that ended it."""

    def stop_at_boundary(self) -> None:
        """Ends the query without interrupting a micro-batch; is called until it has ended."""


class RestartBudget:
    """How often the query may fail within a window of time.

    Args:
        restarts: Maximum restarts within the window.
        window_seconds: Failures older than this are not counted.
        clock: A monotonic clock in seconds; tests replace it.
    """

    def __init__(
        self,
        restarts: int,
        window_seconds: float = BUDGET_WINDOW_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._restarts = restarts
        self._window_seconds = window_seconds
        self._clock = clock
        self._failures: deque[float] = deque()

    def take(self) -> int | None:
        """Counts a failure. Returns the failures in the window, None if there are too many."""
        now = self._clock()
        while self._failures and now - self._failures[0] >= self._window_seconds:
            self._failures.popleft()
        self._failures.append(now)
        return len(self._failures) if len(self._failures) <= self._restarts else None


def supervise(
    start: Callable[[], Query],
    budget: RestartBudget,
    stop_requested: Callable[[], bool],
    lock_lost: Callable[[], bool],
    pause: Callable[[float], None] = time.sleep,
    on_restart: Callable[[str], None] = lambda reason: None,
) -> tuple[Ending, str | None]:
    """Runs the query until it is stopped, has failed too often or has lost its lock.

    Args:
        start: Starts the query on its checkpoint.
        budget: Limits the restarts.
        stop_requested: Says whether the job must stop; called repeatedly.
        lock_lost: Says whether another driver has taken the checkpoint; called repeatedly.
        pause: Waits some seconds before a restart; tests replace it.
        on_restart: Called before every restart with its reason, one sentence.

    Returns:
        How it ended, and the reason in one sentence if it failed.
    """
    while True:
        try:
            ending = _follow(start(), stop_requested, lock_lost)
            return ending, None
        except Exception as error:
            reason = last_cause(error)
            if lock_lost():
                return Ending.LOCK_LOST, None
            if stop_requested():
                return Ending.STOPPED, None
            failures = budget.take()
            if failures is None:
                log.error("The query failed and no restarts are left: %s", reason)
                return Ending.FAILED, reason
            seconds = min(2 ** (failures - 1), _LONGEST_PAUSE_SECONDS)
            log.warning("The query failed (%s); restart %d in %d s.", reason, failures, seconds)
            on_restart(reason)
            pause(seconds)


def _follow(
    query: Query, stop_requested: Callable[[], bool], lock_lost: Callable[[], bool]
) -> Ending:
    while not query.wait(_POLL_SECONDS):
        if stop_requested() or lock_lost():
            query.stop_at_boundary()
    if lock_lost():
        return Ending.LOCK_LOST
    if stop_requested():
        return Ending.STOPPED
    raise RuntimeError("The query ended without a stop request.")
