"""Any object in the place of a lock is one, or is refused with the way out."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from streaming_ml.driver_process import DriverProcess
from streaming_ml.lock import JobLock, LockHeldError, LockUnreadableError
from streaming_ml.lock_content import LockState
from streaming_ml.objects import ControlObject, ObjectChangedError, StoredObject

from tests.python.fuzzing.documents import nearly, texts
from tests.python.fuzzing.executions import fuzz

_DRIVER = DriverProcess("a boot", 2**70, 12)
_LOCK = {
    "owner": "a",
    "applicationId": "app-1",
    "specHash": "h",
    "state": "running",
    "batchId": 7,
    "completedTriggers": 9,
    "reason": None,
    "driver": {"machine": "a boot", "processId": 4711, "startTicks": 12345},
    "behindSeconds": 2.5,
    "behindShard": "shardId-1",
    "heartbeat": "2026-11-29T10:00:00.000Z",
}


class _InMemory(ControlObject):
    """One object that nobody else writes."""

    def __init__(self, body: bytes | None) -> None:
        super().__init__(None, "s3a://artifacts/1.lock.json")
        self.body = body

    def read(self) -> StoredObject | None:
        return None if self.body is None else StoredObject(self.body, "1")

    def write(self, body: bytes, replacing: str | None) -> str:
        if self.body is not None and replacing is None:
            raise ObjectChangedError
        self.body = body
        return "2"


def _mine(stored: ControlObject) -> JobLock:
    state = LockState("me", "app-2", "h", "starting", driver=_DRIVER)
    return JobLock(stored, state, stale_seconds=1, sleep=lambda _: None)


def _takes(body: bytes) -> None:
    stored = _InMemory(body)
    try:
        former = _mine(stored).acquire()
    except (LockUnreadableError, LockHeldError) as error:
        assert str(error).endswith(
            ("set another job.generation.", "set another job.generation for this job.")
        )
        assert stored.body == body
        return
    assert former is not None and former.state in ("starting", "running", "stopped", "failed")


@fuzz("job locks", 250, texts(nearly(_LOCK)).map(lambda text: text.encode("utf8", "replace")))
def _nearly_locks(body: bytes) -> None:
    _takes(body)


@fuzz("job locks", 100, st.binary(max_size=40))
def _bytes(body: bytes) -> None:
    _takes(body)


_TEXT = st.text(st.characters(exclude_categories=()), max_size=9)
_STATES = st.builds(
    LockState,
    owner=_TEXT,
    applicationId=_TEXT,
    specHash=_TEXT,
    state=st.sampled_from(["starting", "running", "stopped", "failed"]),
    batchId=st.none() | st.integers(0),
    completedTriggers=st.integers(0),
    reason=st.none() | _TEXT,
    driver=st.none() | st.builds(DriverProcess, _TEXT, st.integers(1), st.integers(0)),
    behindSeconds=st.none() | st.floats(0, allow_nan=False, allow_infinity=False),
    behindShard=st.none() | _TEXT,
)


@fuzz("job locks", 100, _STATES)
def _round_trip(state: LockState) -> None:
    stored = _InMemory(None)
    assert JobLock(stored, state).acquire() is None
    assert _mine(stored).acquire() == state


def test_anything_nearly_a_lock_is_taken_over_or_refused() -> None:
    _nearly_locks()


def test_any_bytes_are_refused() -> None:
    _bytes()


def test_what_a_driver_wrote_is_read_as_it_was() -> None:
    _round_trip()


def test_what_fuzzing_found_is_refused_with_the_way_out() -> None:
    broken: list[tuple[dict[str, Any], str]] = [
        ({**_LOCK, "state": "idle"}, "the state 'idle' is unknown"),
        ({**_LOCK, "driver": {"machine": "a"}}, "missing ['processId', 'startTicks'], unknown []"),
        ({**_LOCK, "completedTriggers": True}, "completedTriggers is of the type bool"),
        ({**_LOCK, "more": 1}, "missing [], unknown ['more']"),
    ]
    for content, problem in broken:
        try:
            _mine(_InMemory(json.dumps(content).encode())).acquire()
        except LockUnreadableError as error:
            assert str(error) == (
                f"s3a://artifacts/1.lock.json is not a job's lock ({problem}), so the writer of "
                "this checkpoint is unknown. Make sure that no job writes to it, delete the object "
                "and start the job again; or set another job.generation."
            )
        else:
            raise AssertionError(f"{content} was taken over")
