"""Long forms in which the stream itself is what changes, fails or forgets."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from tests.reliability.job import calamities, expiry, inputs, resharding, stream_time
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.running import (
    AS_FAST_AS_IT_TAKES,
    RATE,
    SETTLE_SECONDS,
    chance_of,
    prepared,
    running,
    under_load,
)

_PORTION = 7000
_RANDOM_SECONDS = 600
_OFF_SECONDS = 600


def _resharded(folder: Path, outcome: Outcome) -> None:
    with under_load(folder, outcome) as scene:
        resharding.reshard(scene, outcome, pause_seconds=4)


def _resharded_with_backlog(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        records = scene.crowd.mixed("post")
        scene.send(islice(records, 2000))
        scene.settle(SETTLE_SECONDS)
        scene.stop_job()
        resharding.reshard_under_backlog(scene, records, _PORTION, outcome)
        scene.start_job()


def _resharded_from_cold(folder: Path, outcome: Outcome) -> None:
    with prepared(folder, outcome) as scene:
        resharding.reshard_under_backlog(scene, scene.crowd.mixed("post"), _PORTION, outcome)
        scene.start_job()


def _resharded_at_random(folder: Path, outcome: Outcome) -> None:
    chance = chance_of(outcome)
    with under_load(folder, outcome) as scene:
        resharding.reshard_at_random(scene, _RANDOM_SECONDS, chance, outcome)


def _throttled(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        scene.send(islice(scene.crowd.valid("burst"), 20_000), rate=AS_FAST_AS_IT_TAKES)
        with scene.load(scene.crowd.mixed("post"), RATE):
            with calamities.throttled_stream(scene, outcome):
                time.sleep(60)


def _positions_expired(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome, may_restart=True) as scene:
        inputs.send_burst(scene, 1000, outcome)
        scene.stop_job()
        expiry.expire_unread(scene, 1000, outcome)
        scene.begin_generation("2")
        scene.start_job()


def _first_batch_replayed(folder: Path, outcome: Outcome) -> None:
    with prepared(folder, outcome) as scene:
        expiry.replay_first_batch(scene, 2000, outcome)


def _first_batch_expired(folder: Path, outcome: Outcome) -> None:
    with prepared(folder, outcome, may_restart=True) as scene:
        expiry.replay_expired_first_batch(scene, 2000, outcome)
        scene.begin_generation("2")
        scene.start_job()


def _nearly_idle(folder: Path, outcome: Outcome) -> None:
    with running(folder, outcome) as scene:
        stream_time.send_hourly(scene, 20, outcome)
        stream_time.stay_idle_for_hours(scene, 20, outcome)
        stream_time.restart(scene)
        # The last record has expired by the end of it: only the notes tell that none was missed.
        stream_time.stay_idle_for_hours(scene, 20, outcome)
        stream_time.restart(scene)
        scene.send(islice(scene.crowd.valid("after"), 100))


def _clock_off(folder: Path, outcome: Outcome) -> None:
    with prepared(folder, outcome, stream_options={"clockOffsetSeconds": -_OFF_SECONDS}) as scene:
        for name, offset in (("behind", -_OFF_SECONDS), ("ahead", _OFF_SECONDS)):
            scene.emulator.change(clockOffsetSeconds=offset)
            # Enough for the planner to look up ends by their time.
            scene.send(islice(scene.crowd.valid(name), 20_000), rate=AS_FAST_AS_IT_TAKES)
            scene.start_job()
            with scene.load(scene.crowd.mixed(f"{name}-load"), RATE):
                scene.settle(SETTLE_SECONDS)
                calamities.expect_progress(scene, outcome)
            scene.settle(SETTLE_SECONDS)
            if name == "behind":
                scene.stop_job()
    outcome.figures["seconds off"] = f"-{_OFF_SECONDS}, +{_OFF_SECONDS}"


STREAM_DRILLS: Mapping[str, Callable[[Path, Outcome], None]] = {
    "stream-resharded": _resharded,
    "stream-resharded-with-backlog": _resharded_with_backlog,
    "stream-resharded-from-cold": _resharded_from_cold,
    "stream-resharded-at-random": _resharded_at_random,
    "stream-throttled": _throttled,
    "stream-nearly-idle": _nearly_idle,
    "positions-expired": _positions_expired,
    "first-batch-replayed": _first_batch_replayed,
    "first-batch-expired": _first_batch_expired,
    "clock-off": _clock_off,
}
