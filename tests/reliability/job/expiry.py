"""Records expire before they are read: the job must say so, and skip nothing."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from tests.python.streaming_run.job_process import wait_until
from tests.reliability.job.checkpoint import committed_batches, planned_batches
from tests.reliability.job.killing import DriverKiller
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.resharding import reshard
from tests.reliability.job.scene import Scene, say
from tests.reliability.job.stream_time import HOUR_SECONDS

_END_SECONDS = 300
_SETTLE_SECONDS = 180
_KILL_SECONDS = 300
# Kinesis keeps a record for 24 hours here; the job allows five minutes for what is approximate.
_RETENTION_SECONDS = 24 * HOUR_SECONDS
_MARGIN_SECONDS = HOUR_SECONDS

# What a micro-batch writes once its end is recorded: nothing of it is in the lake before.
_FIRST_WRITES = ("state", "lake")


def expire_unread(scene: Scene, count: int, outcome: Outcome) -> None:
    """Lets records expire while a job is off; what follows them stays. Then the job must refuse.

    A job of another generation reads what is left.
    """
    expired = list(islice(scene.crowd.valid("expired"), count))
    scene.send(expired)
    scene.give_up(expired)
    scene.emulator.change(advanceSeconds=_RETENTION_SECONDS + _MARGIN_SECONDS)
    scene.send(islice(scene.crowd.valid("left"), count))
    say(f"{count} records have expired unread")
    expect_loss(scene, "may have expired before they were read", outcome)


def expect_loss(scene: Scene, words: str, outcome: Outcome) -> None:
    """Starts the job: it must end by itself, say why, and change nothing in the lake."""
    before = Counter(row.record for row in scene.lake.rows())
    job = scene.start_job(restarts=1)
    code = job.wait(_END_SECONDS)
    lock = scene.lock() or {}
    reason = str(lock.get("reason"))
    say(f"the job ended with {code}: {reason}")
    outcome.figures["job's exit code"] = code
    outcome.expect(
        code == 1 and lock.get("state") == "failed",
        f"The job ended with {code}, its lock as {lock.get('state')}; expected 1 and failed.",
    )
    outcome.expect(
        words in reason and "new job.generation" in reason,
        f"The job did not say that records have expired, and what to do, but: {reason}",
    )
    outcome.expect(
        Counter(row.record for row in scene.lake.rows()) == before,
        "The lake has changed although records were missing.",
    )


def kill_in_first_batch(scene: Scene, outcome: Outcome) -> None:
    """Starts a job and kills it once the end of its first micro-batch is recorded.

    Nothing of the micro-batch is in the lake then.
    """
    job = scene.start_job()
    killer = DriverKiller(job.session_id, 0, reaches_service=False, steps=_FIRST_WRITES)
    scene.storage.set_rule(killer)
    try:
        wait_until(killer.done.is_set, _KILL_SECONDS, job, "the first micro-batch")
    except RuntimeError:
        if not killer.done.is_set():
            raise
    scene.storage.set_rule(None)
    scene.kill_job()
    recorded = planned_batches(scene), committed_batches(scene)
    say(f"driver killed at {killer.step}; micro-batches planned and committed: {recorded}")
    outcome.expect(
        recorded == (1, 0),
        f"Expected one micro-batch planned and none committed, found {recorded}.",
    )


def replay_first_batch(scene: Scene, count: int, outcome: Outcome) -> None:
    """Replays a first micro-batch on a stream that has gone on and was resharded meanwhile.

    Spark keeps no start of the first micro-batch, so it asks for it again, and gets other shards.
    """
    scene.send(islice(scene.crowd.valid("first"), count))
    kill_in_first_batch(scene, outcome)
    scene.send(islice(scene.crowd.valid("later"), count))
    reshard(scene, outcome, pause_seconds=0)
    scene.start_job()
    scene.settle(_SETTLE_SECONDS)


def replay_expired_first_batch(scene: Scene, count: int, outcome: Outcome) -> None:
    """Lets a first micro-batch expire between its plan and its replay, which must fail."""
    expired = list(islice(scene.crowd.valid("expired"), count))
    scene.send(expired)
    kill_in_first_batch(scene, outcome)
    scene.give_up(expired)
    scene.emulator.change(advanceSeconds=_RETENTION_SECONDS + _MARGIN_SECONDS)
    scene.send(islice(scene.crowd.valid("left"), count))
    expect_loss(scene, "was expected to begin with record", outcome)
