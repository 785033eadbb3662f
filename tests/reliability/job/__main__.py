"""Runs one drill in its long form; ends with 0 when everything held.

Usage: python -m tests.reliability.job DRILL
Progress goes to standard error; the last line of standard output is the outcome, one JSON object.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tests.python.streaming_run.job_process import REPOSITORY
from tests.reliability.job.drills import DRILLS
from tests.reliability.job.outcome import Outcome


def main(arguments: list[str] | None = None) -> int:
    """Runs the drill that is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.job", description=__doc__)
    parser.add_argument("drill", choices=sorted(DRILLS))
    options = parser.parse_args(arguments)
    # The default would end this process without ending what it started.
    signal.signal(signal.SIGTERM, _end)
    outcome = Outcome()
    runs = REPOSITORY / ".local"
    with tempfile.TemporaryDirectory(prefix=f"drill-{options.drill}-", dir=runs) as folder:
        try:
            DRILLS[options.drill](Path(folder), outcome)
        except Exception as error:
            outcome.complaints.append(f"{type(error).__name__}: {error}")
    print(outcome.as_json(), flush=True)
    return 1 if outcome.complaints else 0


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
