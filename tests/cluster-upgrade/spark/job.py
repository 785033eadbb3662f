"""Stands in for the streaming job: takes the real lock, shows it is ready, obeys the marker.

It notes when it begins and ceases to write, for the test to see that there is never a second one.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "spark"))

import boto3
from streaming_ml.driver_process import identify
from streaming_ml.heartbeat import Heartbeat
from streaming_ml.lock import JobLock, LockHeldError, LockState
from streaming_ml.objects import ControlObject

BROKEN = "spark.test.broken=true"


def note(event: str, owner: str) -> None:
    """Appends a line to the run's list of writers. The step works in a folder of its cluster."""
    line = {"event": event, "owner": owner, "cluster": Path.cwd().parent.name, "at": time.time()}
    with Path(os.environ["STREAMING_ML_RUN"], "writers.jsonl").open("a") as writers:
        writers.write(json.dumps(line) + "\n")


def main(arguments: Sequence[str]) -> int:
    """Runs until the stop marker shows up."""
    if BROKEN in arguments:
        print("Exception: Failed to find data source: aws-kinesis", file=sys.stderr)
        return 1
    checkpoint = arguments[arguments.index("--checkpoint-uri") + 1]
    owner = str(uuid.uuid4())
    application = f"application_{os.getpid()}_0001"
    Path("event-log", application).touch()
    storage = boto3.client("s3")
    marker = ControlObject(storage, f"{checkpoint}.stop")
    lock = JobLock(
        ControlObject(storage, f"{checkpoint}.lock.json"),
        LockState(
            owner=owner,
            applicationId=application,
            specHash=arguments[arguments.index("--spec-hash") + 1],
            state="starting",
            driver=identify(os.getpid()),
        ),
    )
    try:
        lock.acquire()
    except LockHeldError as error:
        print(error, file=sys.stderr)
        return 1
    note("took", owner)
    marker.delete()
    lock.write(state="running", batchId=0, completedTriggers=1)
    with Heartbeat(lock, marker) as heartbeat:
        heartbeat.stop_requested.wait()
    note("left", owner)
    lock.write(state="stopped")
    marker.delete()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
