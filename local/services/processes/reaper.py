"""Ends the child processes of the services when the services themselves were killed.

``python -m local.services.processes.reaper`` reads lines from standard input: ``+ID`` for a
session that began, ``-ID`` for one that ended. When the pipe closes, also after SIGKILL, it ends
every session that is still open, and then itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping

from local.repository_root import REPOSITORY_ROOT
from local.services.processes.sessions import end_sessions

GRACE_SECONDS = 3.0


class Reaper:
    """The side of the services."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Starts the reaper in a session of its own, so that it outlives this process."""
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
        """Reports that a session has begun."""
        self._write(f"+{session_id}\n")

    def remove(self, session_id: int) -> None:
        """Reports that a session has ended."""
        self._write(f"-{session_id}\n")

    def close(self) -> None:
        """Ends open sessions, and waits for the end of the reaper."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()

    def _write(self, line: str) -> None:
        if self._process.stdin is None or self._process.poll() is not None:
            raise RuntimeError("The reaper has ended; child processes could outlive the services.")
        self._process.stdin.write(line)
        self._process.stdin.flush()


def open_sessions(lines: Iterable[str]) -> set[int]:
    """Returns the sessions that have begun and not ended. Blocks until the last line."""
    sessions: set[int] = set()
    for line in lines:
        session_id = int(line[1:])
        if line.startswith("+"):
            sessions.add(session_id)
        else:
            sessions.discard(session_id)
    return sessions


def main() -> int:
    """Reads standard input to its end, then ends the open sessions."""
    # A signal that stops the services must not stop the reaper, which cleans up after them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_sessions(open_sessions(sys.stdin) - {os.getsid(0)}, GRACE_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
