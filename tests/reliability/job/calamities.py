"""What happens to a running job. Each returns figures; the audit afterwards gives the verdict."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.python.streaming_run.job_process import wait_until
from tests.reliability.faults.http_head import Request
from tests.reliability.faults.proxy import Fault
from tests.reliability.job.killing import DriverKiller, ExecutorKiller
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.scene import Scene, say

_WAIT_SECONDS = 400
_MOST_WRITES_BEFORE_A_KILL = 60
_FEWEST_REFUSALS = 3
_MOST_REQUESTS_BETWEEN_FAULTS = 24


def kill_driver(scene: Scene, times: int, chance: random.Random, outcome: Outcome) -> None:
    """Kills the driver `times` times at random writes, each time starting another one.

    The first is a job that runs; the others may not even have come to their first micro-batch.
    """
    steps: Counter[str] = Counter()
    takeovers = []
    for number in range(1, times + 1):
        killer = DriverKiller(
            scene.job.session_id,
            chance.randrange(_MOST_WRITES_BEFORE_A_KILL),
            chance.random() < 0.5,
        )
        scene.storage.set_rule(killer)
        try:
            wait_until(
                killer.done.is_set, _WAIT_SECONDS, scene.job, "the write at which to kill it"
            )
        except RuntimeError:
            if not killer.done.is_set():
                raise
        scene.storage.set_rule(None)
        scene.kill_job()
        steps[killer.step] += 1
        say(f"driver {number} of {times} killed at {killer.step}")
        owner = (scene.lock() or {}).get("owner")
        scene.start_job()
        start = time.monotonic()
        wait_until(
            lambda owner=owner: (scene.lock() or {}).get("owner") != owner,
            _WAIT_SECONDS,
            scene.job,
            "the lock to change hands",
        )
        takeovers.append(time.monotonic() - start)
    outcome.figures["drivers killed"] = times
    outcome.figures["killed while writing"] = ", ".join(
        f"{step} {count}" for step, count in sorted(steps.items())
    )
    outcome.figures["longest time to a new driver with the lock, s"] = round(max(takeovers), 1)


def kill_executors(
    scene: Scene,
    times: int,
    chance: random.Random,
    outcome: Outcome,
    all_at_once: bool = False,
) -> None:
    """Kills executors while files of the lake are written; the job has to go on by itself.

    When all are killed at once, what the first stage has handed to the second is gone: the first
    one is read from the stream again, for the part of the second that has not ended yet.
    """
    killer = ExecutorKiller(scene.job.session_id, chance, all_at_once)
    scene.storage.set_rule(killer)
    for number in range(1, times + 1):
        killer.arm()
        wait_until(lambda: not killer.armed, _WAIT_SECONDS, scene.job, "a file of the lake")
        say(f"executors killed for the {number}. of {times} times")
        before = scene.completed_triggers()
        wait_until(
            lambda before=before: scene.completed_triggers() > before,
            _WAIT_SECONDS,
            scene.job,
            "a micro-batch after the kill",
        )
    scene.storage.set_rule(None)
    outcome.figures["executors killed"] = killer.kills


def take_services_away(scene: Scene, seconds: float, outcome: Outcome) -> None:
    """Both services refuse every connection for a while, and are back."""
    scene.streams.go_away()
    scene.storage.go_away()
    time.sleep(seconds)
    scene.storage.come_back()
    scene.streams.come_back()
    say(f"services were away for {seconds:g} s")
    outcome.figures["seconds away"] = seconds


def suspend_services(scene: Scene, seconds: float, outcome: Outcome) -> None:
    """The processes of both services stand still for a while: connections hang unanswered."""
    _signal_services(scene, signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        _signal_services(scene, signal.SIGCONT)
    say(f"services stood still for {seconds:g} s")
    outcome.figures["seconds suspended"] = seconds


def _signal_services(scene: Scene, number: signal.Signals) -> None:
    for service in (scene.emulator.streams, scene.emulator.storage):
        os.kill(service.pid, number)


@contextmanager
def throttled_stream(scene: Scene, outcome: Outcome) -> Iterator[None]:
    """Lets every fourth call that reads the stream be refused as too many, within the block.

    It lasts until some were.
    """
    before = _refused(scene)
    scene.emulator.change(throttleOneOf=4)
    yield
    wait_until(
        lambda: _refused(scene) >= before + _FEWEST_REFUSALS,
        _WAIT_SECONDS,
        scene.job,
        "calls of Kinesis that can be refused",
    )
    scene.emulator.change(throttleOneOf=0)
    refused = _refused(scene) - before
    say(f"{refused} calls were refused as too many")
    outcome.figures["calls of Kinesis refused"] = refused


def _refused(scene: Scene) -> int:
    activity = scene.stream_activity()
    return sum(shard["throttled"] for shard in activity.values())


def fail_storage(scene: Scene, times: int, chance: random.Random, outcome: Outcome) -> None:
    """Lets requests to S3 fail here and there, until each kind of fault came up `times` times."""
    counts: Counter[Fault] = Counter()
    faults = list(Fault)
    total = 0
    gap = 0

    def rule(_: Request) -> Fault | None:
        nonlocal total, gap
        total += 1
        gap -= 1
        if gap > 0:
            return None
        gap = chance.randint(1, _MOST_REQUESTS_BETWEEN_FAULTS)
        fault = faults[sum(counts.values()) % len(faults)]
        counts[fault] += 1
        return fault

    scene.storage.set_rule(rule)
    wait_until(
        lambda: sum(counts.values()) >= times * len(faults),
        _WAIT_SECONDS,
        scene.job,
        "requests to S3 that can fail",
    )
    scene.storage.set_rule(None)
    say(f"{sum(counts.values())} of {total} requests to S3 failed")
    outcome.figures["requests to S3"] = total
    outcome.figures["answered 503"] = counts[Fault.SLOW_DOWN]
    outcome.figures["connections broken"] = counts[Fault.RESET]
    outcome.figures["answers lost"] = counts[Fault.LOST_ANSWER]


def expect_progress(scene: Scene, outcome: Outcome) -> None:
    """The job completes a trigger by itself, and is the process it was."""
    lock = scene.lock() or {}
    before = lock.get("completedTriggers", 0)
    wait_until(
        lambda: scene.completed_triggers() > before,
        _WAIT_SECONDS,
        scene.job,
        "a micro-batch after what has happened",
    )
    outcome.expect(
        (scene.lock() or {}).get("owner") == lock.get("owner"), "Another driver has taken over."
    )
