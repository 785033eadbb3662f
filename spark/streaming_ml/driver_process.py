"""Identifies a driver process, and says whether it has certainly ended.

A new driver does not wait for the heartbeat of a driver that died on the same machine: the kernel
knows that it has ended. This works on Linux only; elsewhere the heartbeat decides.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_DEAD_STATES = ("Z", "X")


@dataclass(frozen=True)
class DriverProcess:
    """A process, as `contracts/job-lock.schema.json` describes it.

    Attributes:
        machine: Boot id of the kernel, and the namespaces that the other two values belong to.
        processId: Its id, as the process itself sees it.
        startTicks: When it started, in clock ticks since boot: a process id may be reused.
    """

    machine: str
    processId: int  # noqa: N815
    startTicks: int  # noqa: N815


def identify(process_id: int, proc: Path = _PROC) -> DriverProcess | None:
    """Identifies a running process of this machine; None if that is not possible.

    Args:
        process_id: Id of the process.
        proc: The proc file system; tests replace it.
    """
    machine = _machine(proc)
    status = _status(process_id, proc)
    if machine is None or status is None:
        return None
    return DriverProcess(machine, process_id, status[1])


def is_gone(process: DriverProcess, proc: Path = _PROC) -> bool:
    """Returns whether the process has certainly ended; False if that is unknown."""
    if process.machine != _machine(proc):
        return False
    try:
        os.kill(process.processId, 0)
    except ProcessLookupError:
        return True
    except OverflowError:
        # Larger than any process id.
        return True
    except PermissionError:
        # The process belongs to another user; its start time says whether it is the same process.
        pass
    status = _status(process.processId, proc)
    if status is None:
        return False
    state, start_ticks = status
    return start_ticks != process.startTicks or state in _DEAD_STATES


def _machine(proc: Path) -> str | None:
    try:
        boot = proc.joinpath("sys/kernel/random/boot_id").read_text().strip()
        # In another namespace the same id is another process, and its clock may differ.
        namespaces = [
            os.readlink(path)
            for path in (proc / "self/ns/pid", proc / "self/ns/time")
            if path.is_symlink()
        ]
    except OSError:
        return None
    return " ".join([boot, *namespaces]) if namespaces else None


def _status(process_id: int, proc: Path) -> tuple[str, int] | None:
    folder = proc / str(process_id)
    try:
        text = folder.joinpath("stat").read_text()
        threads = len(os.listdir(folder / "task"))
    except OSError:
        return None
    # The name is in parentheses and may contain any character; proc(5) numbers the next field 3.
    fields = text[text.rindex(")") + 2 :].split()
    state, start_ticks = fields[0], int(fields[19])
    # The main thread may have ended while others still run.
    return ("R" if state in _DEAD_STATES and threads > 1 else state), start_ticks
