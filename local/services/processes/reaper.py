"""Ends the services' children when the services cannot do it themselves any more.

``python -m local.services.processes.reaper`` reads lines from standard input: ``+ID`` for a
session that began, ``-ID`` for one that ended. When the pipe closes, be it by SIGKILL, it ends
every session that is still open, and then itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping

from local.services.processes.sessions import end_sessions
from local.services.settings import REPOSITORY_ROOT

GRACE_SECONDS = 3.0


class Reaper:
    """The services' side of the pipe."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Starts the reaper's process, in a session of its own so that it outlives this one."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.services.processes.reaper"],
            cwd=REPOSITORY_ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def add(self, session_id: int) -> None:
        """Puts a session under watch."""
        self._write(f"+{session_id}\n")

    def remove(self, session_id: int) -> None:
        """Says that a session has ended."""
        self._write(f"-{session_id}\n")

    def close(self) -> None:
        """Ends what is still open and waits for the reaper's own end."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()

    def _write(self, line: str) -> None:
        if self._process.stdin is None or self._process.poll() is not None:
            raise RuntimeError("The reaper has died; children could outlive the services.")
        self._process.stdin.write(line)
        self._process.stdin.flush()


def open_sessions(lines: Iterable[str]) -> set[int]:
    """Returns the sessions that began and did not end. Blocks until the lines are through."""
    sessions: set[int] = set()
    for line in lines:
        session_id = int(line[1:])
        if line.startswith("+"):
            sessions.add(session_id)
        else:
            sessions.discard(session_id)
    return sessions


def main() -> int:
    """Watches until standard input closes."""
    # Whoever stops the services by a signal must not stop the one that cleans up after them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_sessions(open_sessions(sys.stdin) - {os.getsid(0)}, GRACE_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
