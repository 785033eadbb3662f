"""The lock object of a checkpoint: single writer, readiness, kill target (`job-lock.schema.json`).

Every write is conditional on the version this driver wrote last, so two drivers can never both
believe they hold the lock.
"""

from __future__ import annotations

import datetime
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields, replace
from types import UnionType

from streaming_ml.driver_process import DriverProcess, is_gone
from streaming_ml.objects import ControlObject, ObjectChangedError, StoredObject

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 5
# Four missed heartbeats: a driver this silent is dead, or will find out at its next write.
STALE_SECONDS = 20

_HELD_STATES = ("starting", "running")
_STATES = (*_HELD_STATES, "stopped", "failed")


class LockHeldError(Exception):
    """Another driver writes to this checkpoint."""


class LockUnreadableError(Exception):
    """The lock object says nothing of who writes to this checkpoint."""


class LockLostError(Exception):
    """Another driver took the lock; this one must stop writing at once."""


@dataclass(frozen=True)
class LockState:
    """The content of the lock object, in the words of the contract."""

    owner: str
    applicationId: str  # noqa: N815
    specHash: str  # noqa: N815
    state: str
    batchId: int | None = None  # noqa: N815
    completedTriggers: int = 0  # noqa: N815
    reason: str | None = None
    driver: DriverProcess | None = None
    behindSeconds: float | None = None  # noqa: N815
    behindShard: str | None = None  # noqa: N815


# Said only while they are known: a job of an earlier version takes over a lock without them.
_MAY_BE_ABSENT = ("behindSeconds", "behindShard")

# What a lock has to say before anything is done because of it: what it names may be killed.
_TYPES: Mapping[str, type | UnionType] = {
    "owner": str,
    "applicationId": str,
    "specHash": str,
    "state": str,
    "batchId": int | None,
    "completedTriggers": int,
    "reason": str | None,
    "driver": dict | None,
    "behindSeconds": float | int | None,
    "behindShard": str | None,
}
_DRIVER_TYPES: Mapping[str, type | UnionType] = {
    "machine": str,
    "processId": int,
    "startTicks": int,
}


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
            self._etag = self._stored.write(self._body(), found.etag if found else None)
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
        if former.state not in _HELD_STATES:
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
                self._etag = self._stored.write(self._body(), self._etag)
            except ObjectChangedError:
                self._etag = self._write_over_own_version()

    def _write_over_own_version(self) -> str:
        # A write that the client repeated after a lost answer finds its own first attempt.
        found = self._stored.read()
        if found is not None and self._read_state(found).owner == self._state.owner:
            return self._stored.write(self._body(), found.etag)
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

    def _body(self) -> bytes:
        now = datetime.datetime.now(datetime.UTC)
        heartbeat = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        content = {
            name: value
            for name, value in asdict(self._state).items()
            if value is not None or name not in _MAY_BE_ABSENT
        }
        return json.dumps({**content, "heartbeat": heartbeat}).encode()

    def _read_state(self, found: StoredObject) -> LockState:
        try:
            return _parse(found.body)
        except (ValueError, RecursionError) as error:
            raise LockUnreadableError(
                f"{self._stored.uri} is no lock of a job ({error}). Who writes to this checkpoint "
                "is unknown: see that no job does, delete the object, and start the job again; or "
                "give it a generation of its own."
            ) from error


def _parse(body: bytes) -> LockState:
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("expected an object")
    content.pop("heartbeat", None)
    _check(content, _TYPES, {field.name for field in fields(LockState) if field.default is MISSING})
    if content["state"] not in _STATES:
        raise ValueError(f"the state {content['state']!r} is unknown")
    driver = content.pop("driver", None)
    if driver is None:
        return LockState(**content)
    _check(driver, _DRIVER_TYPES, set(_DRIVER_TYPES))
    return LockState(**content, driver=DriverProcess(**driver))


def _check(
    content: Mapping[str, object], types: Mapping[str, type | UnionType], needed: set[str]
) -> None:
    missing = sorted(needed - set(content))
    unknown = sorted(set(content) - set(types))
    if missing or unknown:
        raise ValueError(f"missing {missing}, unknown {unknown}")
    for name, value in content.items():
        # True is an int in Python, and no number in JSON.
        if isinstance(value, bool) or not isinstance(value, types[name]):
            raise ValueError(f"{name} is of the type {type(value).__name__}")
