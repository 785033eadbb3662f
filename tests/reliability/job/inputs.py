"""What comes in, or does not: large records, a burst, silence, poison, and a second job."""

from __future__ import annotations

import time
from collections import Counter
from itertools import islice

from local.audit.accounting import account
from tests.python.streaming_run.job_process import wait_until
from tests.reliability.job.outcome import Outcome
from tests.reliability.job.scene import Scene, say

# Kinesis counts the partition key as well.
_KEY = "large"
_LARGEST_OF_KINESIS = 1024 * 1024 - len(_KEY)
_REFUSAL_SECONDS = 300
_BATCH_SECONDS = 180


def send_large_records(scene: Scene, count: int, outcome: Outcome) -> None:
    """Sends the largest records there can be, and the largest that are valid, in turns.

    One at a time: a call may carry 5 MiB.
    """
    crowd = scene.crowd
    most = crowd.contract.maximum_record_bytes
    for number in range(count):
        scene.send([crowd.padded("large", number, _LARGEST_OF_KINESIS, _KEY, "record_too_large")])
        scene.send([crowd.padded("largest", number, most, _KEY)])
    say(f"{count} records of 1 MiB sent, and as many of {most} bytes")
    outcome.figures["records of 1 MiB"] = count
    outcome.figures[f"valid records of {most} bytes"] = count


def send_burst(scene: Scene, count: int, outcome: Outcome) -> None:
    """Puts many records on the stream as fast as it takes them, and waits for all of them."""
    start = time.monotonic()
    sent = scene.send(islice(scene.crowd.valid("burst"), count), rate=1_000_000)
    sending = time.monotonic() - start
    say(f"{sent} records sent in {sending:.1f} s")
    scene.settle(_BATCH_SECONDS)
    outcome.figures["burst, records"] = sent
    outcome.figures["sent within, s"] = round(sending, 1)
    outcome.figures["in the lake after, s"] = round(time.monotonic() - start, 1)


def stay_idle(scene: Scene, seconds: float, outcome: Outcome) -> None:
    """Sends nothing for a while: the job keeps triggering, writes nothing, then takes a record."""
    scene.send(islice(scene.crowd.valid("before"), 100))
    scene.settle(_BATCH_SECONDS)
    _wait_for_triggers(scene, 1)
    batches, rows = len(scene.job.batches()), Counter(row.batch for row in scene.lake.rows())
    triggers = scene.completed_triggers()
    say(f"nothing comes for {seconds:g} s")
    time.sleep(seconds)
    _wait_for_triggers(scene, 1)
    idle_triggers = scene.completed_triggers() - triggers
    idle_batches = len(scene.job.batches()) - batches
    outcome.figures["idle seconds"] = seconds
    outcome.figures["idle triggers"] = idle_triggers
    outcome.figures["micro-batches while idle"] = idle_batches
    outcome.expect(idle_triggers > 0, "The lock shows no trigger while the stream was idle.")
    outcome.expect(idle_batches == 0, f"{idle_batches} micro-batches ran on an idle stream.")
    outcome.expect(
        Counter(row.batch for row in scene.lake.rows()) == rows,
        "The lake has changed although nothing came.",
    )
    scene.send(islice(scene.crowd.valid("after"), 100))


def send_poison(scene: Scene, copies: int, outcome: Outcome) -> None:
    """Sends every kind of wrong record among valid and odd ones; every reason must come up."""
    scene.send(scene.crowd.poisonous("poison", copies))
    scene.settle(_BATCH_SECONDS)
    found = account(scene.sent(), scene.lake.rows()).quarantined
    damages = scene.crowd.damages
    missing = sorted({damage.reason for damage in damages if not found[damage.reason]})
    outcome.figures["kinds of poison"] = len(damages)
    outcome.figures["reasons"] = len(found)
    outcome.expect(not missing, f"No record is in quarantine for {', '.join(missing)}.")


def start_second_job(scene: Scene, outcome: Outcome) -> None:
    """Starts another job on the checkpoint of one that runs; it must refuse and change nothing."""
    first, before = scene.job, scene.lock()
    second = scene.start_job()
    start = time.monotonic()
    code = second.wait(_REFUSAL_SECONDS)
    # The first is the one to be looked after again.
    scene.jobs.remove(second)
    scene.jobs.insert(0, second)
    after = scene.lock()
    say(f"the second job ended with {code} after {time.monotonic() - start:.0f} s")
    outcome.figures["second job's exit code"] = code
    outcome.expect(code == 1, f"The second job ended with {code}, expected 1.")
    outcome.expect(
        "and is running. A checkpoint has one writer" in second.log(),
        f"The second job did not say why it refused:\n{second.tail()}",
    )
    outcome.expect(first.exit_code is None, "The first job has ended.")
    outcome.expect(
        before is not None and after is not None and after["owner"] == before["owner"],
        "The lock has another owner.",
    )


def _wait_for_triggers(scene: Scene, count: int) -> None:
    # The lock shows triggers with its heartbeat, every five seconds.
    before = scene.completed_triggers()
    wait_until(
        lambda: scene.completed_triggers() >= before + count,
        _BATCH_SECONDS,
        scene.job,
        "an idle trigger",
    )
