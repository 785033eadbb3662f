"""The long forms, by name: each has a stream, a lake and a job of its own."""

from __future__ import annotations

import dataclasses
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from local.streaming_run.job_process import JobSettings
from tests.reliability.job import calamities, inputs
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.records import mixed_records
from tests.reliability.job.scene import SETTINGS, Scene, say

_RATE = 300
_SETTLE_SECONDS = 180
ON_A_CLUSTER = dataclasses.replace(
    SETTINGS, master="local-cluster[2,1,1024]", spark={"spark.executor.memory": "768m"}
)


@contextmanager
def _running(folder: Path, outcome: Outcome, settings: JobSettings = SETTINGS) -> Iterator[Scene]:
    """A ready job; afterwards every record is accounted for."""
    with Scene(folder, settings) as scene:
        scene.start_job()
        scene.wait_until_ready()
        say("the job is ready")
        yield scene
        outcome.add_account(scene.finish(_SETTLE_SECONDS))


@contextmanager
def _under_load(
    folder: Path, outcome: Outcome, settings: JobSettings = SETTINGS
) -> Iterator[Scene]:
    """The same under load."""
    duplicates = settings.deduplication_minutes > 0
    with _running(folder, outcome, settings) as scene:
        with scene.load(mixed_records("post", duplicates), _RATE):
            time.sleep(2)
            yield scene


def _chance(outcome: Outcome) -> random.Random:
    seed = random.SystemRandom().randrange(10**6)
    outcome.figures["seed"] = str(seed)
    return random.Random(seed)


def _driver_killed(folder: Path, outcome: Outcome) -> None:
    chance = _chance(outcome)
    with _under_load(folder, outcome) as scene:
        calamities.kill_driver(scene, 20, chance, outcome)


def _executors_killed(minutes: int, folder: Path, outcome: Outcome) -> None:
    chance = _chance(outcome)
    settings = dataclasses.replace(ON_A_CLUSTER, deduplication_minutes=minutes)
    with _under_load(folder, outcome, settings) as scene:
        calamities.kill_executors(scene, 6, chance, outcome)


def _resharded(folder: Path, outcome: Outcome) -> None:
    with _under_load(folder, outcome) as scene:
        calamities.reshard(scene, outcome, pause_seconds=4)


def _services_away(folder: Path, outcome: Outcome) -> None:
    with _under_load(folder, outcome) as scene:
        calamities.take_services_away(scene, 10, outcome)
        calamities.expect_progress(scene, outcome)


def _services_suspended(folder: Path, outcome: Outcome) -> None:
    with _under_load(folder, outcome) as scene:
        calamities.suspend_services(scene, 10, outcome)
        calamities.expect_progress(scene, outcome)


def _storage_errors(folder: Path, outcome: Outcome) -> None:
    chance = _chance(outcome)
    with _under_load(folder, outcome) as scene:
        calamities.fail_storage(scene, 40, chance, outcome)
        calamities.expect_progress(scene, outcome)


def _two_jobs(folder: Path, outcome: Outcome) -> None:
    with _under_load(folder, outcome) as scene:
        inputs.start_second_job(scene, outcome)


def _large_records(folder: Path, outcome: Outcome) -> None:
    with _running(folder, outcome) as scene:
        inputs.send_large_records(scene, 40, outcome)


def _burst(folder: Path, outcome: Outcome) -> None:
    with _running(folder, outcome) as scene:
        inputs.send_burst(scene, 20_000, outcome)


def _idle(folder: Path, outcome: Outcome) -> None:
    with _running(folder, outcome) as scene:
        inputs.stay_idle(scene, 30, outcome)


def _poison(folder: Path, outcome: Outcome) -> None:
    with _running(folder, outcome) as scene:
        inputs.send_poison(scene, 50, outcome)


DRILLS: Mapping[str, Callable[[Path, Outcome], None]] = {
    "driver-killed": _driver_killed,
    "executors-killed": partial(_executors_killed, 60),
    "executors-killed-without-deduplication": partial(_executors_killed, 0),
    "stream-resharded": _resharded,
    "services-away": _services_away,
    "services-suspended": _services_suspended,
    "storage-errors": _storage_errors,
    "two-jobs": _two_jobs,
    "large-records": _large_records,
    "burst": _burst,
    "stream-idle": _idle,
    "poison": _poison,
}
