"""The long forms, by name: each has a stream, a lake and a job of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.python.spark.changed_contract import BEFORE
from tests.reliability.job import calamities, contract_change, inputs
from tests.reliability.job.contract_readers import read_with_new_contract
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.running import (
    SETTLE_SECONDS,
    chance_of,
    count_repetitions,
    running,
    under_load,
)
from tests.reliability.job.scene import SETTINGS, Scene
from tests.reliability.job.stream_drills import STREAM_DRILLS

ON_A_CLUSTER = dataclasses.replace(
    SETTINGS, master="local-cluster[2,1,1024]", spark={"spark.executor.memory": "768m"}
)
# More second halves of a micro-batch than cores: some have ended when the others are cut off.
IN_SMALL_PARTS = dataclasses.replace(
    ON_A_CLUSTER, spark={**(ON_A_CLUSTER.spark or {}), "spark.sql.shuffle.partitions": "6"}
)


def _driver_killed(folder: Path, outcome: Outcome) -> None:
    chance = chance_of(outcome)
    with under_load(folder, outcome, may_restart=True) as scene:
        calamities.kill_driver(scene, 20, chance, outcome)


def _executors_killed(minutes: int, folder: Path, outcome: Outcome) -> None:
    chance = chance_of(outcome)
    settings = dataclasses.replace(ON_A_CLUSTER, deduplication_minutes=minutes)
    with under_load(folder, outcome, settings) as scene:
        calamities.kill_executors(scene, 6, chance, outcome)


def _stage_retried(folder: Path, outcome: Outcome) -> None:
    chance = chance_of(outcome)
    with under_load(folder, outcome, IN_SMALL_PARTS) as scene:
        calamities.kill_executors(scene, 6, chance, outcome, all_at_once=True)
    outcome.expect(
        outcome.figures["stages retried"] != 0, "No stage was retried, so nothing was proved."
    )


def _services_away(folder: Path, outcome: Outcome) -> None:
    with under_load(folder, outcome, may_restart=True) as scene:
        calamities.take_services_away(scene, 10, outcome)
        calamities.expect_progress(scene, outcome)


def _services_suspended(folder: Path, outcome: Outcome) -> None:
    with under_load(folder, outcome, may_restart=True) as scene:
        calamities.suspend_services(scene, 10, outcome)
        calamities.expect_progress(scene, outcome)


def _storage_errors(folder: Path, outcome: Outcome) -> None:
    chance = chance_of(outcome)
    with under_load(folder, outcome, may_restart=True) as scene:
        calamities.fail_storage(scene, 40, chance, outcome)
        calamities.expect_progress(scene, outcome)


def _two_jobs(folder: Path, outcome: Outcome) -> None:
    with under_load(folder, outcome) as scene:
        inputs.start_second_job(scene, outcome)


def _contract_changed(folder: Path, outcome: Outcome) -> None:
    with Scene(folder, contract=BEFORE) as scene:
        scene.start_job()
        scene.wait_until_ready()
        first = contract_change.change_contract(scene, outcome)
        outcome.add_account(scene.finish(SETTLE_SECONDS))
        count_repetitions(scene, outcome)
        contract_change.count_producers(scene, outcome)
        read_with_new_contract(scene, first, outcome)


def _large_records(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        inputs.send_large_records(scene, 40, outcome)


def _burst(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        inputs.send_burst(scene, 20_000, outcome)


def _idle(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        inputs.stay_idle(scene, 30, outcome)


def _poison(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        inputs.send_poison(scene, 50, outcome)


DRILLS: Mapping[str, Callable[[Path, Outcome], None]] = {
    "driver-killed": _driver_killed,
    "executors-killed": partial(_executors_killed, 60),
    "executors-killed-without-deduplication": partial(_executors_killed, 0),
    "stage-retried": _stage_retried,
    **STREAM_DRILLS,
    "services-away": _services_away,
    "services-suspended": _services_suspended,
    "storage-errors": _storage_errors,
    "two-jobs": _two_jobs,
    "contract-changed": _contract_changed,
    "large-records": _large_records,
    "burst": _burst,
    "stream-idle": _idle,
    "poison": _poison,
}
