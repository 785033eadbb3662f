"""Throughput of the streaming job on one core, beside the naive job, on the same million events.

Usage: python -m bench.job [--contracts NAME,...] [--events N] [--repetitions N]
           [--form plain|spaced]
The last line of standard output is one JSON object.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def main() -> None:
    """Replaces this process by the measurement, with the job's folder as an import root."""
    roots = [str(REPOSITORY), str(REPOSITORY / "spark"), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, roots)),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    command = [sys.executable, "-m", "bench.job_measurement", *sys.argv[1:]]
    os.execve(sys.executable, command, environment)


if __name__ == "__main__":
    main()
