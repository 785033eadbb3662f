"""Freshness of the streaming job on an emulated stream, at several shares of the design rate.

Freshness is the time from a record's arrival in the stream until its Parquet file is readable, for
every record. Each share has its own stream and checkpoint, and every record is accounted for by its
sequence number.

Usage: python -m bench.freshness [--seconds N] [--rate N]
The last line of standard output is one JSON object.
"""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import statistics
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from bench.kinesis_activity import QUOTAS_PER_SHARD_AND_MINUTE, activity
from bench.quietness import Quietness
from local.audit.accounting import account
from local.audit.freshness import freshness_of, percentiles, read_commit_times
from local.audit.identities import LakeIdentities
from local.audit.lake_rows import read_lake
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import read_sent_records
from local.events.contracts import stack_workload, workload_contract
from local.events.crowd import Crowd
from tests.python.streaming_run.emulator import Emulator
from tests.python.streaming_run.job_process import REPOSITORY, JobProcess, JobSettings, wait_until
from tests.python.streaming_run.resources import client, create_resources, read_lock, request_stop
from tests.python.streaming_run.sending import send

log = logging.getLogger(__name__)

_SHARDS = 2
_SHARES = (0.01, 0.05, 0.5, 1.0)
_TRIGGER_SECONDS = 1.0
_WARM_UP_SECONDS = 15
_TARGETS = {"p50": 1.5, "p95": 3.0}


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; fails when a record is not accounted for."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=1000, help="design rate, records per second")
    parser.add_argument("--seconds", type=float, default=30, help="measured time of each share")
    options = parser.parse_args(arguments)
    results = []
    with tempfile.TemporaryDirectory(prefix="bench-quietness-") as name:
        quietness = Quietness(Path(name))
        for share in _SHARES:
            log.info("%s of %s records/s", f"{share:.0%}", f"{options.rate:g}")
            before = quietness.median_milliseconds()
            result = measure(options.rate * share, options.seconds)
            quiet = [before, quietness.median_milliseconds()]
            results.append({"share": share, **result, "inProcessPredictionMs": quiet})
            log.info("%s", json.dumps(results[-1]))
        quietness.stop()
    print(
        json.dumps(
            {
                "designRate": options.rate,
                "triggerSeconds": _TRIGGER_SECONDS,
                "targetFreshnessSeconds": _TARGETS,
                "quotasPerShardAndMinute": QUOTAS_PER_SHARD_AND_MINUTE,
                "shares": results,
            }
        )
    )
    return 0


def measure(rate: float, seconds: float) -> dict[str, Any]:
    """Runs the job under `rate` and returns the freshness of what followed the warm-up.

    Raises:
        RuntimeError: A record is lost or doubled, or the job died.
    """
    contract = workload_contract(stack_workload())
    identities = LakeIdentities(contract)
    with tempfile.TemporaryDirectory(prefix="bench-freshness-", dir=REPOSITORY / ".local") as name:
        folder = Path(name)
        with Emulator(folder / "emulator.log") as emulator:
            environment = emulator.environment()
            resources = create_resources(environment, _SHARDS, contract.text)
            settings = JobSettings(trigger_seconds=_TRIGGER_SECONDS)
            job = JobProcess(folder / "job", resources, environment, settings)
            try:
                wait_until(
                    lambda: (read_lock(environment, resources, "1") or {}).get("completedTriggers"),
                    180,
                    job,
                    "the first trigger",
                )
                manifest = folder / "sent.jsonl"
                count = int(rate * (_WARM_UP_SECONDS + seconds))
                before = activity(emulator, resources.stream)
                records = islice(Crowd(contract).valid("event"), count)
                send(records, rate, resources.stream, environment, manifest)
                asked = activity(emulator, resources.stream).since(before)
                wait_until(
                    lambda: sum(batch["rowsIn"] for batch in job.batches()) >= count,
                    120,
                    job,
                    "the last record",
                )
                request_stop(environment, resources, "1")
                job.wait(60)
            finally:
                job.kill()
            keys = QuarantineKeys(
                client("secretsmanager", environment), resources.quarantine_key_secret
            )
            storage = client("s3", environment)
            rows = list(read_lake(storage, resources.events_uri, keys, identities))
        result = account(read_sent_records(manifest, identities), rows)
        if not result.is_even:
            raise RuntimeError(f"Not every record is accounted for: {result.sentences}")
        # Records that arrived while the JVM still compiled code are not representative.
        start = min(row.arrival_time for row in rows)
        warm_from = start + datetime.timedelta(seconds=_WARM_UP_SECONDS)
        measured = [row for row in rows if row.arrival_time >= warm_from]
        freshness = percentiles(freshness_of(measured, read_commit_times([job.metrics])))
        batch_seconds = [batch["batchSeconds"] for batch in job.batches() if batch["rowsIn"]]
    return {
        "recordsPerSecond": rate,
        "records": len(measured),
        "freshnessSeconds": freshness,
        "medianBatchSeconds": round(statistics.median(batch_seconds), 3),
        "perShardAndMinute": asked.per_shard_and_minute(_SHARDS, _WARM_UP_SECONDS + seconds),
    }


if __name__ == "__main__":
    sys.exit(main())
