"""Entry point of the streaming job for spark-submit.

Usage: spark-submit --py-files streaming_ml.zip streaming_job.py --stream NAME ...
(`--help` lists the arguments; contracts/streaming-job-arguments.json is a complete example.)
"""

from __future__ import annotations

import logging
import sys

from streaming_ml.arguments import parse_arguments
from streaming_ml.streaming_job import run


def main(arguments: list[str]) -> int:
    """Runs the job; returns the exit code."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    return run(parse_arguments(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
