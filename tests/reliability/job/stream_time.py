"""Hours and days of stream time pass, with little or nothing in the stream."""

from __future__ import annotations

from itertools import islice

from tests.python.streaming_run.job_process import wait_until
from tests.reliability.job.checkpoint import committed_batches
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.resharding import Resharding
from tests.reliability.job.scene import Scene, say

HOUR_SECONDS = 3600
# The planner notes an idle shard once in a quarter of the stream's retention, 24 hours here.
_NOTE_HOURS = 6
_LOOK_SECONDS = 120
_SETTLE_SECONDS = 120


def pass_hours(scene: Scene, hours: int, step_hours: int = 1) -> None:
    """Lets stream time pass in steps; after each the job has looked at every open shard."""
    for _ in range(0, hours, step_hours):
        scene.emulator.change(advanceSeconds=step_hours * HOUR_SECONDS)
        _wait_for_looks(scene)
    say(f"{hours} hours of stream time have passed")


def send_hourly(scene: Scene, hours: int, outcome: Outcome) -> None:
    """Sends one record an hour, each of them read before the next one is sent."""
    records = scene.crowd.valid("hourly")
    before = committed_batches(scene)
    for _ in range(hours):
        scene.send(islice(records, 1))
        scene.settle(_SETTLE_SECONDS)
        pass_hours(scene, 1)
    batches = committed_batches(scene) - before
    outcome.figures["hours with one record each"] = hours
    outcome.figures["micro-batches in them"] = batches
    # Shards that get none of the records are noted.
    most = hours + hours // _NOTE_HOURS + 1
    outcome.expect(
        batches <= most, f"{hours} records, one an hour, took {batches} micro-batches, not {most}."
    )


def stay_idle_for_hours(scene: Scene, hours: int, outcome: Outcome, step_hours: int = 1) -> None:
    """Sends nothing for hours: the job notes that it has seen nothing, rarely, and goes on."""
    before = committed_batches(scene)
    pass_hours(scene, hours, step_hours)
    notes = committed_batches(scene) - before
    most = hours // _NOTE_HOURS + 1
    outcome.figures["idle hours of stream time"] = (
        int(outcome.figures.get("idle hours of stream time", 0)) + hours
    )
    outcome.figures["micro-batches that note it"] = (
        int(outcome.figures.get("micro-batches that note it", 0)) + notes
    )
    outcome.expect(
        0 < notes <= most,
        f"{notes} micro-batches noted {hours} idle hours; expected 1 to {most}.",
    )


def restart(scene: Scene) -> None:
    """Stops the job at a boundary and starts it again."""
    owner = (scene.lock() or {}).get("owner")
    scene.stop_job()
    scene.start_job()
    scene.wait_until_ready(owner)


def _wait_for_looks(scene: Scene) -> None:
    shards = [shard.name for shard in Resharding(scene).open_shards()]

    def looks() -> dict[str, int]:
        activity = scene.stream_activity()
        return {shard: activity[shard]["getRecords"] for shard in shards}

    before = looks()
    wait_until(
        lambda: all(count >= before[shard] + 2 for shard, count in looks().items()),
        _LOOK_SECONDS,
        scene.job,
        "another look at every shard",
    )
