"""Two processes on this machine that train together as two instances would."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence


def free_ports(count: int) -> list[str]:
    """Returns ports without a listening process."""
    sockets = [socket.socket() for _ in range(count)]
    for listener in sockets:
        listener.bind(("127.0.0.1", 0))
    ports = [str(listener.getsockname()[1]) for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


def run_two(
    program: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> list[tuple[int, str, str]]:
    """Runs a program twice at a time.

    Args:
        program: Its source. Its first argument is the number of the process, 0 or 1, its second are
            two free ports with a comma between.
        arguments: The others.
        environment: Added to this process's.

    Returns:
        Exit code, standard output and standard error of each.
    """
    ports = ",".join(free_ports(2))
    started = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", program, str(number), ports, *arguments],
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in (0, 1)
    ]
    try:
        outputs = [process.communicate(timeout=300) for process in started]
    finally:
        for process in started:
            process.kill()
    return [(one.returncode, *written) for one, written in zip(started, outputs, strict=True)]
