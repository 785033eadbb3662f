"""Measures how busy the machine is, independently of the benchmark.

A prediction in process takes 0.4 ms on two idle cores. If it takes longer, the machine was busy:
figures in seconds are then not comparable, only ratios within one run are.

`python -m bench.quietness` prints how long one takes now, in milliseconds. Its model is kept.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import statistics
import subprocess
import sys
from pathlib import Path

from tests.python.streaming_run.job_process import REPOSITORY

# Duration of an in-process prediction on two idle cores.
QUIET_MILLISECONDS = 0.4

_WARM_UP_CALLS = 200
_CALLS = 1000
_WORDS = "I just love how quiet the new trains are on the way to work"


class Quietness:
    """Predicts in a separate process, which is idle between predictions.

    Args:
        folder: For an untrained model, which is written only once.
    """

    def __init__(self, folder: Path) -> None:
        directory = folder / "model"
        model = ("--model-directory", str(directory))
        if not directory.joinpath("1", "saved_model.pb").exists():
            subprocess.run(
                [sys.executable, "-m", "bench.quietness_model", *model],
                cwd=REPOSITORY,
                check=True,
                capture_output=True,
            )
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.serving_in_process", *model],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._line()
        self._milliseconds(_WARM_UP_CALLS)

    def median_milliseconds(self) -> float:
        """Returns what a prediction takes now."""
        return round(statistics.median(self._milliseconds(_CALLS)), 3)

    def stop(self) -> None:
        """Ends the process."""
        self._process.communicate(timeout=30)

    def _milliseconds(self, calls: int) -> list[float]:
        if self._process.stdin is None:
            raise RuntimeError("The process that predicts cannot be asked.")
        request = {"instances": [{"words": _WORDS}], "calls": calls}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        found: list[float] = json.loads(self._line())
        return found

    def _line(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("The process that predicts ended before it answered.")
        return line


def main() -> None:
    """Prints the median of now."""
    source = REPOSITORY / "bench" / "quietness_model.py"
    version = importlib.metadata.version("tensorflow_cpu")
    key = hashlib.sha256(version.encode() + source.read_bytes()).hexdigest()[:12]
    quietness = Quietness(REPOSITORY / ".local" / "quietness" / key)
    print(quietness.median_milliseconds())
    quietness.stop()


if __name__ == "__main__":
    main()
