"""How a service of the local environment learns that whoever started it is gone."""

from __future__ import annotations

import os
import signal
import threading


def end_with_parent() -> None:
    """Ends this process with SIGTERM once the other end of its standard input is closed.

    The parent holds that pipe; it closes when the parent dies, even by SIGKILL, which no signal
    of the parent's could announce.
    """
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # Not sys.stdin: its lock, held by a daemon thread, crashes the interpreter's shutdown.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
