"""The short forms: one job meets one calamity after the other, and after each nothing is missing.

The long forms (`make drill`) give every calamity a job of its own and more of it. What is proved is
ours and Spark's; the stream is the emulator's, the lake versitygw's. That a first micro-batch is
replayed as it was, on a stream that was resharded meanwhile, is left to the long form: what the
source has to do with it is shown by `tests/python/spark/test_kinesis_source.py`.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.reliability.job import calamities, expiry, inputs, resharding, stream_time
from tests.reliability.job.drills import IN_SMALL_PARTS
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.running import count_repetitions
from tests.reliability.job.scene import SETTINGS, Scene
from tests.reliability.job.spark_history import stages_retried

_RATE = 200
_SETTLE_SECONDS = 400
_OFF_SECONDS = 600
# What a calamity does to a micro-batch is the same with fewer of them.
_TRIGGER_SECONDS = 2


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("scene")
    # Kinesis's clock is as far behind this machine's as a wrong clock can make it look.
    settings = dataclasses.replace(SETTINGS, trigger_seconds=_TRIGGER_SECONDS)
    behind = {"clockOffsetSeconds": -_OFF_SECONDS}
    with Scene(folder, settings, stream_options=behind) as started:
        yield started


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    settings = dataclasses.replace(IN_SMALL_PARTS, trigger_seconds=_TRIGGER_SECONDS)
    with Scene(tmp_path_factory.mktemp("cluster"), settings) as started:
        started.start_job()
        started.wait_until_ready()
        yield started


@pytest.fixture
def outcome() -> Outcome:
    return Outcome()


@pytest.fixture
def chance() -> random.Random:
    seed = random.SystemRandom().randrange(10**6)
    # Shown by pytest when the test fails.
    print(f"seed {seed}")
    return random.Random(seed)


def verify(scene: Scene, outcome: Outcome) -> None:
    """Everything that was sent so far is where it should be, once."""
    outcome.add_account(scene.settle(_SETTLE_SECONDS))
    assert outcome.complaints == []


def test_begins_with_the_backlog_of_a_stream_that_was_resharded_before(
    scene: Scene, outcome: Outcome
) -> None:
    resharding.reshard_under_backlog(scene, scene.crowd.mixed("cold"), 500, outcome)
    scene.start_job()
    verify(scene, outcome)


def test_quarantines_every_kind_of_poison_for_its_reason(scene: Scene, outcome: Outcome) -> None:
    inputs.send_poison(scene, 1, outcome)
    verify(scene, outcome)


def test_takes_the_largest_records_there_can_be(scene: Scene, outcome: Outcome) -> None:
    inputs.send_large_records(scene, 3, outcome)
    verify(scene, outcome)


def test_takes_a_burst(scene: Scene, outcome: Outcome) -> None:
    inputs.send_burst(scene, 3000, outcome)
    verify(scene, outcome)


def test_writes_nothing_while_nothing_comes(scene: Scene, outcome: Outcome) -> None:
    inputs.stay_idle(scene, 0, outcome)
    verify(scene, outcome)


def test_keeps_every_record_while_shards_are_split_and_merged_and_calls_are_refused(
    scene: Scene, outcome: Outcome
) -> None:
    with scene.load(scene.crowd.mixed("reshard"), _RATE):
        with calamities.throttled_stream(scene, outcome):
            resharding.reshard(scene, outcome, pause_seconds=1)
    verify(scene, outcome)


def test_notices_in_20_idle_hours_that_nothing_came(scene: Scene, outcome: Outcome) -> None:
    stream_time.stay_idle_for_hours(scene, 20, outcome, step_hours=10)
    scene.send(islice(scene.crowd.mixed("morning"), 100))
    verify(scene, outcome)


def test_goes_on_when_its_clock_is_put_right_and_wrong_again(
    scene: Scene, outcome: Outcome
) -> None:
    # From ten minutes behind to ten minutes ahead.
    with scene.load(scene.crowd.mixed("clock"), _RATE):
        scene.emulator.change(advanceSeconds=2 * _OFF_SECONDS)
        calamities.expect_progress(scene, outcome)
    verify(scene, outcome)
    # Whatever the stream did so far, nothing had to begin anew.
    count_repetitions(scene, outcome)
    assert outcome.complaints == []


def test_survives_services_that_are_away(scene: Scene, outcome: Outcome) -> None:
    with scene.load(scene.crowd.mixed("away"), _RATE):
        calamities.take_services_away(scene, 3, outcome)
        calamities.expect_progress(scene, outcome)
    verify(scene, outcome)


def test_survives_errors_of_s3(scene: Scene, outcome: Outcome, chance: random.Random) -> None:
    with scene.load(scene.crowd.mixed("errors"), _RATE):
        calamities.fail_storage(scene, 3, chance, outcome)
    verify(scene, outcome)


def test_a_second_job_refuses(scene: Scene, outcome: Outcome) -> None:
    with scene.load(scene.crowd.mixed("second"), _RATE):
        inputs.start_second_job(scene, outcome)
    verify(scene, outcome)


def test_goes_on_where_a_killed_driver_stood(
    scene: Scene, outcome: Outcome, chance: random.Random
) -> None:
    with scene.load(scene.crowd.mixed("killed"), _RATE):
        calamities.kill_driver(scene, 2, chance, outcome)
    verify(scene, outcome)
    # The lock shows that the driver has ended: no job waits for its heartbeat.
    for job in scene.jobs[-2:]:
        assert "without a change" not in job.log()


def test_stops_at_a_boundary_with_everything_written(scene: Scene, outcome: Outcome) -> None:
    outcome.add_account(scene.finish(_SETTLE_SECONDS))
    assert outcome.complaints == []


def test_refuses_to_skip_what_expired_while_it_was_off(scene: Scene, outcome: Outcome) -> None:
    expiry.expire_unread(scene, 100, outcome)
    assert outcome.complaints == []


def test_survives_an_executor_killed_while_it_writes(
    cluster: Scene, outcome: Outcome, chance: random.Random
) -> None:
    with cluster.load(cluster.crowd.mixed("executor"), _RATE):
        calamities.kill_executors(cluster, 1, chance, outcome)
    verify(cluster, outcome)
    count_repetitions(cluster, outcome)
    assert outcome.complaints == []


def test_reads_again_what_all_executors_took_with_them(
    cluster: Scene, outcome: Outcome, chance: random.Random
) -> None:
    before = stages_retried(cluster.jobs)
    with cluster.load(cluster.crowd.mixed("executors"), _RATE):
        calamities.kill_executors(cluster, 1, chance, outcome, all_at_once=True)
    outcome.add_account(cluster.finish(_SETTLE_SECONDS))
    count_repetitions(cluster, outcome)
    assert outcome.complaints == []
    assert stages_retried(cluster.jobs) > before
