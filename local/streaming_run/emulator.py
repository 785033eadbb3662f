"""The emulator as a child process that ends with its parent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

_READY = "Listening on "
_STOP_SECONDS = 10


class Emulator:
    """Kinesis, S3 and Secrets Manager on a free port of this machine.

    Args:
        log: File that takes what the emulator says.
        port: 0 takes a free one.
    """

    def __init__(self, log: Path, port: int = 0) -> None:
        with log.open("a") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "local.emulator", "--port", str(port), "--exit-with-parent"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )
        if self._process.stdout is None:
            raise RuntimeError("The emulator's output cannot be read.")
        line = self._process.stdout.readline()
        if not line.startswith(_READY):
            raise RuntimeError(f"The emulator did not start; its log is {log}.")
        self.url = line.removeprefix(_READY).strip()

    def environment(self) -> dict[str, str]:
        """Environment variables that lead AWS's SDKs to the emulator."""
        return local_environment(self.url)

    def stop(self) -> None:
        """Ends the process; all data goes with it."""
        self._process.terminate()
        self._process.wait(_STOP_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def local_environment(url: str, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Returns an environment whose AWS clients all speak to `url`."""
    kept = {name: value for name, value in inherited.items() if not name.startswith("AWS_")}
    return {
        **kept,
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CBOR_DISABLE": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYSPARK_PYTHON": sys.executable,
    }
