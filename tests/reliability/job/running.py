"""What the long forms begin and end with."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.python.streaming_run.job_process import JobSettings
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.scene import SETTINGS, Scene, say
from tests.reliability.job.spark_history import query_restarts, stages_retried

RATE = 300
AS_FAST_AS_IT_TAKES = 1_000_000
SETTLE_SECONDS = 180


@contextmanager
def prepared(
    folder: Path,
    outcome: Outcome,
    settings: JobSettings = SETTINGS,
    *,
    may_restart: bool = False,
    stream_options: Mapping[str, float] | None = None,
) -> Iterator[Scene]:
    """A stream and a lake without a job; afterwards every record is accounted for.

    Args:
        folder: Takes logs and manifests.
        outcome: Takes what was counted.
        settings: How the job is run.
        may_restart: Whether a query may fail and be started again.
        stream_options: How the stream behaves at first, as local/README.md says.
    """
    with Scene(folder, settings, stream_options=stream_options) as scene:
        yield scene
        outcome.add_account(scene.finish(SETTLE_SECONDS))
        count_repetitions(scene, outcome, may_restart)


@contextmanager
def running(
    folder: Path,
    outcome: Outcome,
    settings: JobSettings = SETTINGS,
    *,
    may_restart: bool = False,
    stream_options: Mapping[str, float] | None = None,
) -> Iterator[Scene]:
    """The same with a job that is ready."""
    with prepared(
        folder,
        outcome,
        settings,
        may_restart=may_restart,
        stream_options=stream_options,
    ) as scene:
        scene.start_job()
        scene.wait_until_ready()
        say("the job is ready")
        yield scene


@contextmanager
def under_load(
    folder: Path,
    outcome: Outcome,
    settings: JobSettings = SETTINGS,
    *,
    may_restart: bool = False,
    stream_options: Mapping[str, float] | None = None,
) -> Iterator[Scene]:
    """The same under load."""
    duplicates = settings.deduplication_minutes > 0
    with running(
        folder,
        outcome,
        settings,
        may_restart=may_restart,
        stream_options=stream_options,
    ) as scene:
        with scene.load(scene.crowd.mixed("post", duplicates), RATE):
            time.sleep(2)
            yield scene


def count_repetitions(scene: Scene, outcome: Outcome, may_restart: bool = False) -> None:
    """Says how often queries were started again and stages were run again.

    Args:
        scene: Whose jobs have ended.
        outcome: Gets the figures.
        may_restart: Whether a query that was started again is no complaint.
    """
    restarts = query_restarts(scene.jobs)
    outcome.figures["query restarts"] = restarts
    outcome.figures["stages retried"] = stages_retried(scene.jobs)
    outcome.expect(
        may_restart or restarts == 0,
        f"The query failed and was started again {restarts} times; expected not to fail at all.",
    )


def chance_of(outcome: Outcome) -> random.Random:
    """Returns chances that can be repeated by the seed among the figures."""
    seed = random.SystemRandom().randrange(10**6)
    outcome.figures["seed"] = str(seed)
    return random.Random(seed)
