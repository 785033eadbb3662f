"""How a stand-in notices that the process that started it has ended."""

from __future__ import annotations

import os
import signal
import threading


def end_with_parent() -> None:
    """Ends this process with SIGTERM when its standard input is closed.

    The parent holds the other end of that pipe, which is closed even when the parent is killed
    by SIGKILL.
    """
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # Not sys.stdin: its lock, held by a daemon thread, would crash the interpreter at its exit.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
