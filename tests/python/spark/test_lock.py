"""One checkpoint has one writer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import boto3
import jsonschema  # type: ignore[import-untyped]
import pytest
from moto import mock_aws
from streaming_ml.driver_process import DriverProcess
from streaming_ml.lock import JobLock, LockHeldError, LockLostError
from streaming_ml.lock_content import LockState
from streaming_ml.objects import ControlObject, ObjectChangedError

URI = "s3a://artifacts/checkpoints/1.lock.json"
SCHEMA = Path(__file__).parents[3] / "contracts" / "job-lock.schema.json"


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="artifacts")
        yield client


DRIVER = DriverProcess("a boot", 4711, 12345)


def lock_of(
    storage: Any, owner: str, application: str, driver: DriverProcess | None = None, **options: Any
) -> JobLock:
    state = LockState(owner, application, specHash="h", state="starting", driver=driver)
    return JobLock(ControlObject(storage, URI), state, **options)


def content(storage: Any) -> dict[str, Any]:
    stored = ControlObject(storage, URI).read()
    assert stored is not None
    parsed: dict[str, Any] = json.loads(stored.body)
    return parsed


def test_writes_the_lag_if_known_and_reads_a_lock_with_one(storage: Any) -> None:
    lock = lock_of(storage, "a", "app-1", DRIVER)
    lock.acquire()
    lock.write(state="running", behindSeconds=2.5, behindShard="shardId-1")
    written = content(storage)
    jsonschema.validate(written, json.loads(SCHEMA.read_text()))
    assert (written["behindSeconds"], written["behindShard"]) == (2.5, "shardId-1")
    former = lock_of(storage, "b", "app-1").acquire()
    assert former is not None
    assert (former.behindSeconds, former.behindShard) == (2.5, "shardId-1")
    # A driver of an earlier version knows no such field.
    assert not {"behindSeconds", "behindShard"} & set(content(storage))


def test_writes_what_the_contract_says(storage: Any) -> None:
    lock = lock_of(storage, "a", "app-1", DRIVER)
    assert lock.acquire() is None
    lock.write(state="running", batchId=7, completedTriggers=9)
    written = content(storage)
    jsonschema.validate(written, json.loads(SCHEMA.read_text()))
    assert written.pop("heartbeat").endswith("Z")
    assert written == {
        "owner": "a",
        "applicationId": "app-1",
        "specHash": "h",
        "state": "running",
        "batchId": 7,
        "completedTriggers": 9,
        "reason": None,
        "driver": {"machine": "a boot", "processId": 4711, "startTicks": 12345},
    }


def test_knows_the_properties_of_the_contract() -> None:
    properties = json.loads(SCHEMA.read_text())["properties"]
    assert {field.name for field in fields(LockState)} == set(properties) - {"heartbeat"}
    assert {field.name for field in fields(DriverProcess)} == set(
        properties["driver"]["properties"]
    )


def test_a_noted_change_waits_for_the_next_write(storage: Any) -> None:
    lock = lock_of(storage, "a", "app-1")
    lock.acquire()
    lock.note(completedTriggers=2)
    assert content(storage)["completedTriggers"] == 0
    lock.write()
    assert content(storage)["completedTriggers"] == 2


def test_refuses_while_the_holder_is_alive(storage: Any) -> None:
    holder = lock_of(storage, "a", "app-1")
    holder.acquire()
    second = lock_of(storage, "b", "app-2", sleep=lambda _: holder.write(state="running"))
    with pytest.raises(LockHeldError, match="app-1 holds .* and is running"):
        second.acquire()
    assert content(storage)["owner"] == "a"


def test_takes_over_from_a_silent_holder(storage: Any) -> None:
    lock_of(storage, "a", "app-1").acquire()
    waits: list[float] = []
    second = lock_of(storage, "b", "app-2", stale_seconds=20, sleep=waits.append)
    former = second.acquire()
    assert former is not None and former.owner == "a"
    assert sum(waits) == 20
    assert content(storage)["owner"] == "b"


def test_takes_it_at_once_from_a_driver_that_has_certainly_ended(storage: Any) -> None:
    lock_of(storage, "a", "app-1", DRIVER).acquire()
    asked: list[DriverProcess] = []

    def gone(driver: DriverProcess) -> bool:
        asked.append(driver)
        return True

    former = lock_of(storage, "b", "app-2", sleep=_never, gone=gone).acquire()
    assert former is not None and former.driver == DRIVER
    assert asked == [DRIVER]
    assert content(storage)["owner"] == "b"


def test_waits_for_a_driver_that_may_still_run(
    storage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    lock_of(storage, "a", "app-1", DRIVER).acquire()
    waits: list[float] = []
    second = lock_of(
        storage, "b", "app-2", stale_seconds=3, sleep=waits.append, gone=lambda _: False
    )
    second.acquire()
    assert sum(waits) == 3
    assert "may be taken after 3 s without a change" in caplog.text


def test_reads_a_lock_from_before_drivers_were_named(storage: Any) -> None:
    lock_of(storage, "a", "app-1").acquire()
    old = content(storage)
    del old["driver"]
    storage.put_object(
        Bucket="artifacts", Key="checkpoints/1.lock.json", Body=json.dumps(old).encode()
    )
    waits: list[float] = []
    lock_of(storage, "b", "app-2", stale_seconds=2, sleep=waits.append).acquire()
    assert sum(waits) == 2


@pytest.mark.parametrize("state", ["stopped", "failed"])
def test_takes_a_released_lock_at_once(storage: Any, state: str) -> None:
    holder = lock_of(storage, "a", "app-1")
    holder.acquire()
    holder.write(state=state)
    lock_of(storage, "b", "app-2", sleep=_never).acquire()
    assert content(storage)["owner"] == "b"


def test_a_new_attempt_of_the_same_application_takes_it_at_once(storage: Any) -> None:
    lock_of(storage, "a", "app-1").acquire()
    lock_of(storage, "b", "app-1", sleep=_never).acquire()
    assert content(storage)["owner"] == "b"


def test_the_former_holder_learns_that_it_lost(storage: Any) -> None:
    former = lock_of(storage, "a", "app-1")
    former.acquire()
    lock_of(storage, "b", "app-1").acquire()
    with pytest.raises(LockLostError, match="Another job has taken s3a://artifacts"):
        former.write()
    assert content(storage)["owner"] == "b"


def test_a_repeated_own_write_is_not_a_loss(storage: Any) -> None:
    lock = lock_of(storage, "a", "app-1")
    lock.acquire()
    answer_was_lost = ControlObject(storage, URI).read()
    assert answer_was_lost is not None
    storage.put_object(
        Bucket="artifacts",
        Key="checkpoints/1.lock.json",
        Body=answer_was_lost.body.replace(b"starting", b"running"),
    )
    lock.write(state="running")
    assert content(storage)["state"] == "running"


def test_a_repeated_first_write_is_its_own(storage: Any) -> None:
    class LosesTheFirstAnswer(ControlObject):
        def write(self, body: bytes, replacing: str | None) -> str:
            super().write(body, replacing)
            return super().write(body, replacing)

    state = LockState(owner="a", applicationId="app-1", specHash="h", state="starting")
    lock = JobLock(LosesTheFirstAnswer(storage, URI), state)
    assert lock.acquire() is None
    lock_of(storage, "b", "app-1").acquire()
    with pytest.raises(LockLostError):
        lock.write()


def test_a_lock_taken_while_it_was_being_taken_is_held(storage: Any) -> None:
    class IsOvertaken(ControlObject):
        def write(self, body: bytes, replacing: str | None) -> str:
            lock_of(storage, "b", "app-2").acquire()
            return super().write(body, replacing)

    state = LockState(owner="a", applicationId="app-1", specHash="h", state="starting")
    with pytest.raises(LockHeldError, match="Another job has just taken s3a://artifacts"):
        JobLock(IsOvertaken(storage, URI), state).acquire()
    assert content(storage)["owner"] == "b"


def test_two_that_start_together_cannot_both_win(storage: Any) -> None:
    first, second = ControlObject(storage, URI), ControlObject(storage, URI)
    first.write(b"{}", None)
    with pytest.raises(ObjectChangedError):
        second.write(b"{}", None)


def test_a_control_object_is_on_s3() -> None:
    with pytest.raises(ValueError, match="expected s3a://BUCKET/KEY, received file:///tmp/x"):
        ControlObject(None, "file:///tmp/x")


def _never(_: float) -> None:
    raise AssertionError("must not wait")
