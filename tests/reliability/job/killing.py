"""Kills the driver, or an executor, at a moment that a request to S3 defines.

The requests are the steps of a micro-batch: offsets, state, files of the lake, commit. Killing at
one of them, chosen at random, reaches every step; killing by the clock would mostly hit waiting.
"""

from __future__ import annotations

import os
import random
import re
import signal
import threading
from collections.abc import Collection
from pathlib import Path

from local.services.processes.sessions import session_members
from tests.reliability.faults.http_head import Request
from tests.reliability.faults.proxy import Fault

_WRITES = ("PUT", "POST", "DELETE")
_STEPS = (
    ("lake", re.compile(r"^/lake/")),
    ("lock", re.compile(r"\.lock\.json$")),
    ("offsets", re.compile(r"/offsets/")),
    ("commit", re.compile(r"/commits/")),
    ("state", re.compile(r"/state/")),
)
_OTHER_STEP = "other"
STEPS = (*(name for name, _ in _STEPS), _OTHER_STEP)
_COPY_SOURCE = "x-amz-copy-source"
_EXECUTOR = b"CoarseGrainedExecutorBackend"


def step_of(request: Request) -> str:
    """Names the step of a micro-batch that a request belongs to."""
    path = request.path
    return next((name for name, pattern in _STEPS if pattern.search(path)), _OTHER_STEP)


class DriverKiller:
    """A rule that kills a job's whole session at one of its writes to S3.

    Args:
        session_id: The job's session.
        after_writes: How many writes pass before.
        reaches_service: Whether the write that kills it still reaches S3.
        steps: Steps whose writes count; by default all of them.
    """

    def __init__(
        self,
        session_id: int,
        after_writes: int,
        reaches_service: bool,
        steps: Collection[str] = STEPS,
    ) -> None:
        self.done = threading.Event()
        self.step = "none"
        self._session_id = session_id
        self._remaining = after_writes
        self._reaches_service = reaches_service
        self._steps = steps

    def __call__(self, request: Request) -> Fault | None:
        """Counts the request; kills when it is the one."""
        if request.method not in _WRITES or self.done.is_set():
            return None
        if step_of(request) not in self._steps:
            return None
        self._remaining -= 1
        if self._remaining >= 0:
            return None
        os.killpg(self._session_id, signal.SIGKILL)
        self.step = step_of(request)
        self.done.set()
        return None if self._reaches_service else Fault.RESET


class ExecutorKiller:
    """A rule that kills executors of a job while they write a file of the lake.

    The task that writes it has not ended then, on a machine of any speed, and has to be run again.

    Args:
        session_id: The job's session.
        chance: Chooses the executor, and which of the files it is.
        all_at_once: Whether all executors are killed; whatever they have handed to each other is
            lost then.
    """

    def __init__(self, session_id: int, chance: random.Random, all_at_once: bool = False) -> None:
        self.kills = 0
        self._session_id = session_id
        self._chance = chance
        self._all_at_once = all_at_once
        self._armed = threading.Event()
        self._files_before = 0

    def arm(self) -> None:
        """Kills once more, at one of the next files."""
        self._files_before = self._chance.randrange(4)
        self._armed.set()

    @property
    def armed(self) -> bool:
        """Whether the next kill is still to come."""
        return self._armed.is_set()

    def __call__(self, request: Request) -> Fault | None:
        """Kills when it is armed and the request carries a file of the lake."""
        if not (self._armed.is_set() and writes_file_of_lake(request)):
            return None
        self._files_before -= 1
        executors = executors_of(self._session_id)
        if self._files_before >= 0 or not executors:
            return None
        for executor in executors if self._all_at_once else [self._chance.choice(executors)]:
            os.kill(executor, signal.SIGKILL)
            self.kills += 1
        self._armed.clear()
        return None


def writes_file_of_lake(request: Request) -> bool:
    """Returns whether a request carries a file of the lake, which only a task's does.

    A file is copied to its place when its task has ended, and the last time by the driver, when all
    tasks have.
    """
    is_file = request.method == "PUT" and ".parquet" in request.path
    return is_file and step_of(request) == "lake" and _COPY_SOURCE not in request.headers


def executors_of(session_id: int) -> list[int]:
    """Returns the process ids of the executors of a job on `local-cluster`."""
    found = []
    for process_id in session_members(session_id):
        try:
            command = Path(f"/proc/{process_id}/cmdline").read_bytes()
        except OSError:
            continue
        if _EXECUTOR in command:
            found.append(process_id)
    return found
