"""Tells a driver process from every other one, and whether it is certainly gone.

A new driver need not wait for the heartbeat of one that died on the same machine: the kernel
knows. Only Linux is asked; anywhere else nobody is certainly gone, and the heartbeat decides.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_DEAD_STATES = ("Z", "X")


@dataclass(frozen=True)
class DriverProcess:
    """A process, in the words of `contracts/job-lock.schema.json`.

    Attributes:
        machine: This boot of this kernel, and the namespaces the other two hold in.
        processId: As the process sees it itself.
        startTicks: When it started, in clock ticks since boot: an id may be given out again.
    """

    machine: str
    processId: int  # noqa: N815
    startTicks: int  # noqa: N815


def identify(process_id: int, proc: Path = _PROC) -> DriverProcess | None:
    """Returns what tells a live process of this machine from all others, None if that is unknown.

    Args:
        process_id: Id of the process.
        proc: Where the kernel tells about processes; tests replace it.
    """
    machine = _machine(proc)
    status = _status(process_id, proc)
    if machine is None or status is None:
        return None
    return DriverProcess(machine, process_id, status[1])


def is_gone(process: DriverProcess, proc: Path = _PROC) -> bool:
    """Returns whether the process has certainly ended; False wherever that cannot be known."""
    if process.machine != _machine(proc):
        return False
    try:
        os.kill(process.processId, 0)
    except ProcessLookupError:
        return True
    except OverflowError:
        # A number that no process can have.
        return True
    except PermissionError:
        # Somebody else's process; whether it is the one meant, the start time tells.
        pass
    status = _status(process.processId, proc)
    if status is None:
        return False
    state, start_ticks = status
    return start_ticks != process.startTicks or state in _DEAD_STATES


def _machine(proc: Path) -> str | None:
    try:
        boot = proc.joinpath("sys/kernel/random/boot_id").read_text().strip()
        # In another namespace the same id is another process, and time may count otherwise.
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
    # The name stands in parentheses and may hold anything; proc(5) numbers what follows from 3.
    fields = text[text.rindex(")") + 2 :].split()
    state, start_ticks = fields[0], int(fields[19])
    # The first thread may be over while others still run.
    return ("R" if state in _DEAD_STATES and threads > 1 else state), start_ticks
