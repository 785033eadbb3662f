"""The lock of a checkpoint: it keeps one writer, shows readiness and names what may be killed.

Every write is conditional on the version that this driver wrote last, so two drivers can never
both believe that they hold the lock.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from streaming_ml.driver_process import DriverProcess, is_gone
from streaming_ml.lock_content import HELD_STATES, LockState, lock_body, parse_lock
from streaming_ml.objects import ControlObject, ObjectChangedError, StoredObject
from streaming_ml.shared_contract import load_shared_contract

log = logging.getLogger(__name__)

_HEARTBEAT = load_shared_contract("job-heartbeat.json")
HEARTBEAT_SECONDS: float = _HEARTBEAT["everySeconds"]
STALE_SECONDS: float = _HEARTBEAT["takeoverSeconds"]


class LockHeldError(Exception):
    """Another driver writes to this checkpoint."""


class LockUnreadableError(Exception):
    """The lock object is not a lock, so the writer of this checkpoint is unknown."""


class LockLostError(Exception):
    """Another driver has taken the lock; this driver must stop writing at once."""


class JobLock:
    """Holds the lock of one checkpoint.

    Args:
        stored: The lock object.
        initial: The first content; `owner` must be unique to this process.
        stale_seconds: How long a held lock must stay unchanged before it may be taken.
        sleep: Waits; tests replace it.
        gone: Says whether a driver process has certainly ended; tests replace it.
    """

    def __init__(
        self,
        stored: ControlObject,
        initial: LockState,
        stale_seconds: float = STALE_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        gone: Callable[[DriverProcess], bool] = is_gone,
    ) -> None:
        self._stored = stored
        self._state = initial
        self._stale_seconds = stale_seconds
        self._sleep = sleep
        self._gone = gone
        self._etag: str | None = None
        self._mutex = threading.Lock()

    @property
    def state(self) -> LockState:
        """The content that this driver has written last, with noted changes."""
        return self._state

    def acquire(self) -> LockState | None:
        """Takes the lock and returns the content that its former holder left.

        The lock is taken at once if it is free, if it belongs to the same application (this is a
        new attempt of it), or if its holder has stopped, failed or certainly ended; otherwise only
        after it stayed unchanged.

        Raises:
            LockHeldError: Its holder is alive.
            LockUnreadableError: The object is not a lock.
        """
        found = self._stored.read()
        former = None if found is None else self._read_state(found)
        if found is not None and former is not None and self._may_be_held(former):
            self._wait_until_stale(found, former)
        try:
            self._etag = self._stored.write(lock_body(self._state), found.etag if found else None)
        except ObjectChangedError as error:
            # As in `_write_over_own_version`: this may be the driver's own first attempt.
            now = self._stored.read()
            if now is not None and self._read_state(now).owner == self._state.owner:
                self._etag = now.etag
                return former
            raise LockHeldError(
                f"Another job has just taken {self._stored.uri}. A checkpoint has one writer: stop "
                "that job first, or set another job.generation for this job."
            ) from error
        return former

    def _may_be_held(self, former: LockState) -> bool:
        if former.state not in HELD_STATES:
            return False
        if former.applicationId == self._state.applicationId:
            return False
        return former.driver is None or not self._gone(former.driver)

    def note(self, **changes: object) -> None:
        """Keeps `changes` for the next heartbeat, which writes them."""
        with self._mutex:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def write(self, **changes: object) -> None:
        """Writes the lock now, with `changes` and a fresh heartbeat.

        Raises:
            LockLostError: Another driver has written it.
        """
        with self._mutex:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            try:
                self._etag = self._stored.write(lock_body(self._state), self._etag)
            except ObjectChangedError:
                self._etag = self._write_over_own_version()

    def _write_over_own_version(self) -> str:
        # If an answer was lost, the client's retry meets the object that the first attempt wrote.
        found = self._stored.read()
        if found is not None and self._read_state(found).owner == self._state.owner:
            return self._stored.write(lock_body(self._state), found.etag)
        raise LockLostError(
            f"Another job has taken {self._stored.uri}. This job stops, because a checkpoint has "
            "one writer."
        )

    def _wait_until_stale(self, found: StoredObject, former: LockState) -> None:
        log.info(
            "%s may be taken after %g s without a change: whether %s has ended is unknown.",
            self._stored.uri,
            self._stale_seconds,
            former.applicationId,
        )
        waited = 0.0
        while waited < self._stale_seconds:
            self._sleep(1)
            waited += 1
            seen = self._stored.read()
            if seen is None or seen.etag != found.etag:
                raise LockHeldError(
                    f"The job {former.applicationId} holds {self._stored.uri} and is running. A "
                    "checkpoint has one writer: stop that job first, or set another "
                    "job.generation for this job."
                )

    def _read_state(self, found: StoredObject) -> LockState:
        try:
            return parse_lock(found.body)
        except (ValueError, RecursionError) as error:
            raise LockUnreadableError(
                f"{self._stored.uri} is not a job's lock ({error}), so the writer of this "
                "checkpoint is unknown. Make sure that no job writes to it, delete the object and "
                "start the job again; or set another job.generation."
            ) from error
