"""How quiet the machine is, by something unrelated to the measurement.

A prediction in process takes 0.4 ms on two cores that nobody else uses. Where it takes more,
figures of seconds say how busy the machine was, and only ratios within one run count.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from local.streaming_run.job_process import REPOSITORY

QUIET_MILLISECONDS = 0.4
"""Of an in-process prediction, on two cores without other work."""

_WARM_UP_CALLS = 200
_CALLS = 1000
_WORDS = "I just love how quiet the new trains are on the way to work"


class Quietness:
    """Predicts in a process of its own, which idles in between.

    Args:
        folder: Takes an untrained model.
    """

    def __init__(self, folder: Path) -> None:
        model = ("--model-directory", str(folder / "model"))
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
