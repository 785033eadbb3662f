"""Child processes: started in sessions of their own, ended with everything they started."""

from __future__ import annotations

import asyncio
import logging
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.services.processes.reaper import Reaper
from local.services.processes.sessions import end_sessions

STOP_GRACE_SECONDS = 6.0
LEFTOVER_GRACE_SECONDS = 1.0

log = logging.getLogger(__name__)


class Child:
    """A running process and its session."""

    def __init__(self, process: Process, ended: asyncio.Task[int]) -> None:
        """Wraps a started process; `ended` is done when the whole session has ended."""
        self._process = process
        self._ended = ended

    @property
    def pid(self) -> int:
        """Id of the process and of its session."""
        return self._process.pid

    @property
    def stdout(self) -> asyncio.StreamReader:
        """Standard output of a child that was started with `capture_output`."""
        if self._process.stdout is None:
            raise RuntimeError("This child's output goes to a file.")
        return self._process.stdout

    async def wait(self) -> int:
        """Waits for the end. Returns the status; a negative one is a signal. May be cancelled."""
        return await asyncio.shield(self._ended)

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the process itself, not to processes that it started."""
        if self._process.returncode is None:
            self._process.send_signal(number)

    async def stop(self, grace_seconds: float = STOP_GRACE_SECONDS) -> int:
        """Ends the session with SIGTERM, then SIGKILL. Returns the exit status."""
        await asyncio.to_thread(end_sessions, {self.pid}, grace_seconds)
        return await self.wait()


class Children:
    """All children of the services."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Starts the reaper, which ends the children if this process is killed."""
        self._reaper = Reaper(environment)
        self._running: dict[int, Child] = {}
        self._stopping = False

    async def start(
        self,
        command: Sequence[str],
        directory: Path,
        environment: Mapping[str, str],
        capture_output: bool = False,
    ) -> Child:
        """Starts a command.

        Args:
            command: Program and arguments.
            directory: Working directory; the files ``stdout`` and ``stderr`` are written there.
            environment: The whole environment.
            capture_output: Standard output goes to `Child.stdout` instead of the file.

        Raises:
            OSError: The program cannot be started, or the services are stopping.
        """
        if self._stopping:
            raise OSError("the services are stopping")
        directory.mkdir(parents=True, exist_ok=True)
        with (
            directory.joinpath("stdout").open("ab") as output,
            directory.joinpath("stderr").open("ab") as errors,
        ):
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=directory,
                env=dict(environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=PIPE if capture_output else output,
                stderr=errors,
                start_new_session=True,
            )
        if self._stopping:
            await asyncio.to_thread(end_sessions, {process.pid}, 0)
            raise OSError("the services are stopping")
        self._reaper.add(process.pid)
        child = Child(process, asyncio.create_task(self._until_ended(process)))
        self._running[process.pid] = child
        return child

    async def _until_ended(self, process: Process) -> int:
        status = await process.wait()
        await asyncio.to_thread(end_sessions, {process.pid}, LEFTOVER_GRACE_SECONDS)
        self._running.pop(process.pid, None)
        self._reaper.remove(process.pid)
        return status

    async def stop_all(self) -> None:
        """Ends all children at the same time, then the reaper; no child can start any more."""
        self._stopping = True
        running = list(self._running.values())
        if running:
            log.info("Stopping %d child processes.", len(running))
        await asyncio.gather(*(child.stop() for child in running))
        await asyncio.to_thread(self._reaper.close)
