"""A process of the local environment as a child that ends with its parent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_READY = "Listening on "
_STOP_SECONDS = 10


class Service:
    """One of the modules that say where they listen, on a port of this machine.

    Args:
        module: Python module to run, for example `local.emulator`.
        log: File that takes what it says.
        port: 0 takes a free one.
        arguments: More arguments of the module.
        environment: The whole environment, None for this process's own.

    Raises:
        RuntimeError: It ended before it listened; the message names the log.
    """

    def __init__(
        self,
        module: str,
        log: Path,
        port: int = 0,
        arguments: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        with log.open("a") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments, "--port", str(port)]
                + ["--exit-with-parent"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                env=environment,
                text=True,
            )
        if self._process.stdout is None:
            raise RuntimeError(f"The output of {module} cannot be read.")
        line = self._process.stdout.readline()
        if not line.startswith(_READY):
            self.stop()
            raise RuntimeError(f"{module} did not start; its log is {log}.")
        self.url = line.removeprefix(_READY).strip()

    @property
    def pid(self) -> int:
        """Process id of what serves, for those who suspend or kill it."""
        return self._process.pid

    def stop(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._process.wait(_STOP_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
