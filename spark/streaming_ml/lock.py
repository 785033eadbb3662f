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
    """The lock object says nothing of who writes to this checkpoint."""


class LockLostError(Exception):
    """Another driver took the lock; this one must stop writing at once."""


class JobLock:
    """Holds the lock of one checkpoint.

    Args:
        stored: The lock object.
        initial: What to write first; `owner` must be unique to this process.
        stale_seconds: How long a held lock must stand still before it may be taken.
        sleep: Waits; tests replace it.
        gone: Whether a driver process has certainly ended; tests replace it.
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
        """What the lock object said when this driver wrote it last."""
        return self._state

    def acquire(self) -> LockState | None:
        """Takes the lock and returns what its former holder left in it.

        A free lock, one of the same application (a new attempt of it) and one whose holder has
        stopped, failed or certainly ended are taken at once; any other only after it stood still.

        Raises:
            LockHeldError: Its holder is alive.
            LockUnreadableError: Who holds it cannot be read.
        """
        found = self._stored.read()
        former = None if found is None else self._read_state(found)
        if found is not None and former is not None and self._may_be_held(former):
            self._wait_until_stale(found, former)
        try:
            self._etag = self._stored.write(lock_body(self._state), found.etag if found else None)
        except ObjectChangedError as error:
            # As in `_write_over_own_version`: it may have been this driver's own first attempt.
            now = self._stored.read()
            if now is not None and self._read_state(now).owner == self._state.owner:
                self._etag = now.etag
                return former
            raise LockHeldError(
                f"Another job took {self._stored.uri} a moment ago. One checkpoint has one "
                "writer: stop that job first, or give this one a generation of its own."
            ) from error
        return former

    def _may_be_held(self, former: LockState) -> bool:
        if former.state not in HELD_STATES:
            return False
        if former.applicationId == self._state.applicationId:
            return False
        return former.driver is None or not self._gone(former.driver)

    def note(self, **changes: object) -> None:
        """Remembers `changes`; the next heartbeat writes them."""
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
        # A write that the client repeated after a lost answer finds its own first attempt.
        found = self._stored.read()
        if found is not None and self._read_state(found).owner == self._state.owner:
            return self._stored.write(lock_body(self._state), found.etag)
        raise LockLostError(
            f"Another job has taken {self._stored.uri}; this one stops, so that the checkpoint "
            "keeps one writer."
        )

    def _wait_until_stale(self, found: StoredObject, former: LockState) -> None:
        log.info(
            "%s may be taken once it has stood still for %g s: whether %s has ended is unknown.",
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
                    f"The job {former.applicationId} holds {self._stored.uri} and is alive. One "
                    "checkpoint has one writer: stop that job first, or give this one a "
                    "generation of its own."
                )

    def _read_state(self, found: StoredObject) -> LockState:
        try:
            return parse_lock(found.body)
        except (ValueError, RecursionError) as error:
            raise LockUnreadableError(
                f"{self._stored.uri} is no lock of a job ({error}). Who writes to this checkpoint "
                "is unknown: see that no job does, delete the object, and start the job again; or "
                "give it a generation of its own."
            ) from error
