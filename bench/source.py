"""The job's source alone: a backlog of a million records, then a steady stream, beside the quotas.

The backlog is read from its oldest record on, on one core, several times without Kinesis's limits,
so that the figure is the source's own, and once within them. Then records arrive at the design
rate, and are read in micro-batches of a second. The stand-in for Kinesis counts what it was asked;
that is compared with the quotas, and with what the source itself says it asked.

Usage: python -m bench.source [--records N] [--repetitions N] [--rate N] [--seconds N]
The last line of standard output is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from bench.kinesis_activity import QUOTAS_PER_SHARD_AND_MINUTE
from bench.quietness import Quietness
from bench.source_measurement import SHARDS, SourceMeasurement
from tests.python.streaming_run.emulator import Emulator
from tests.python.streaming_run.job_process import REPOSITORY


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000, help="of the backlog")
    parser.add_argument("--repetitions", type=int, default=3, help="after one that is not counted")
    parser.add_argument("--rate", type=float, default=1000, help="records per second, steadily")
    parser.add_argument("--seconds", type=float, default=60, help="of the steady stream")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-source-", dir=REPOSITORY / ".local") as name:
        folder = Path(name)
        quietness = Quietness(folder)
        with Emulator(folder / "emulator.log") as emulator:
            os.environ.update(emulator.environment())
            measurement = SourceMeasurement(folder, emulator)
            before = quietness.median_milliseconds()
            try:
                results = {
                    "catchUp": measurement.catch_up(options.records, options.repetitions),
                    "catchUpWithinQuotas": measurement.catch_up_within_quotas(),
                    "steady": measurement.steady(options.rate, options.seconds),
                }
            finally:
                measurement.stop()
            after = quietness.median_milliseconds()
        quietness.stop()
    print(
        json.dumps(
            {
                "shards": SHARDS,
                "inProcessPredictionMs": [before, after],
                "quotasPerShardAndMinute": QUOTAS_PER_SHARD_AND_MINUTE,
                **results,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
