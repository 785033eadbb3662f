"""Finds and ends the processes of a session.

A child may start further process groups, as PySpark's worker daemon does, but these stay in its
session. So the whole session is ended, and no process is ever looked for by its name.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

POLL_SECONDS = 0.05

PROC = Path("/proc")


def session_members(session_id: int) -> list[int]:
    """Returns the ids of the processes of a session, without zombies."""
    if PROC.joinpath("self/stat").exists():
        return [
            int(entry.name)
            for entry in PROC.iterdir()
            if entry.name.isdigit() and _proc_session(entry) == session_id
        ]
    listing = subprocess.run(
        ["ps", "-axo", "pid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split() for line in listing.splitlines())
    return [
        int(pid)
        for pid, state in rows
        if not state.startswith("Z") and _sid(int(pid)) == session_id
    ]


def signal_session(session_id: int, number: signal.Signals) -> bool:
    """Sends a signal to every process of a session; False if there is none."""
    members = session_members(session_id)
    for pid in members:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue
    return bool(members)


def end_sessions(session_ids: set[int], grace_seconds: float) -> None:
    """Ends sessions: with SIGTERM, then the remaining processes with SIGKILL. Blocks.

    Args:
        session_ids: The sessions to end.
        grace_seconds: Seconds between the two signals, at least 0.
    """
    remaining = {sid for sid in session_ids if signal_session(sid, signal.SIGTERM)}
    deadline = time.monotonic() + grace_seconds
    while remaining and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        remaining = {sid for sid in remaining if session_members(sid)}
    while remaining:
        # In a loop, because a process may start another one before it is killed.
        remaining = {sid for sid in remaining if signal_session(sid, signal.SIGKILL)}
        time.sleep(POLL_SECONDS)


def _proc_session(entry: Path) -> int | None:
    try:
        text = entry.joinpath("stat").read_text()
    except OSError:
        return None
    # The name of the command is in parentheses, and may itself contain parentheses.
    state, _parent, _group, session, *_ = text[text.rindex(")") + 2 :].split()
    return None if state in ("Z", "X") else int(session)


def _sid(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None
