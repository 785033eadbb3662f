"""The event contract changes in place: under load, on the checkpoint that there is."""

from __future__ import annotations

import threading
import time
from itertools import islice

from tests.python.spark.changed_contract import (
    AFTER,
    EARLY_LONG,
    NEW,
    OLD_LONG,
    early_producers,
    producers,
)
from tests.reliability.job.checkpoint import committed_batches
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.scene import Scene, say

_RATE = 300
_SETTLE_SECONDS = 180
_LOAD_SECONDS = 20
_EARLY_RECORDS = 4000


def change_contract(scene: Scene, outcome: Outcome) -> int:
    """Stops the job under load, and starts it again with another contract.

    Args:
        scene: Its job is ready, and has the contract from before.
        outcome: Gets the figures.

    Returns:
        Number of the first micro-batch with the new contract.
    """
    # Their verdict depends on the contract, so they must be read before it changes.
    scene.send(islice(early_producers(), _EARLY_RECORDS))
    scene.settle(_SETTLE_SECONDS)
    new_ones_send = threading.Event()
    with scene.load(producers(new_ones_send.is_set), _RATE):
        time.sleep(5)
        owner = (scene.lock() or {}).get("owner")
        scene.stop_job()
        first = committed_batches(scene)
        say(f"stopped under load before micro-batch {first}")
        scene.change_contract(AFTER)
        new_ones_send.set()
        scene.start_job()
        scene.wait_until_ready(owner)
        say("the job is ready with the new contract, producers of both versions send")
        time.sleep(_LOAD_SECONDS)
    outcome.figures["micro-batches before"] = first
    return first


def count_producers(scene: Scene, outcome: Outcome) -> None:
    """Says how much of what was sent was there to prove something."""
    prefixes = [record.identity[0].rpartition("-")[0] for record in scene.sent()]
    for name, prefix in (
        ("records of new producers", NEW),
        ("records taken before the limit was tightened", EARLY_LONG),
        ("records refused by the tightened limit", OLD_LONG),
    ):
        outcome.figures[name] = prefixes.count(prefix)
        outcome.expect(prefix in prefixes, f"There are no {name}, so nothing was proved.")
