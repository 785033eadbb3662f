"""The compaction job's command line and its one run."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pyspark.sql import SparkSession

from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.contract import load_contract
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation
from streaming_ml.storage import Storage


@dataclass(frozen=True)
class CompactionArguments:
    """What the deployment tells the job.

    Attributes:
        contract_uri: The compiled event contract.
        events_uri: Root that the streaming job writes below.
        history_uri: Root of the compacted form.
        region: AWS region of the bucket.
        keep_days: Days that the streaming job's own files stay after their hour was compacted.
        include_open_hours: Take hours that have not ended as well.
    """

    contract_uri: str
    events_uri: str
    history_uri: str
    region: str
    keep_days: int
    include_open_hours: bool


def parse_compaction_arguments(arguments: Sequence[str]) -> CompactionArguments:
    """Parses the command line; exits with status 2 and a message when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="compaction_job.py", description="Rewrites closed hours into few large files."
    )
    parser.add_argument("--contract", required=True, help="compiled event contract")
    parser.add_argument("--events-uri", required=True, help="root of the events")
    parser.add_argument("--history-uri", required=True, help="root of the compacted form")
    parser.add_argument("--region", required=True, help="AWS region of the bucket")
    parser.add_argument("--keep-days", required=True, type=_days, help="1 or more")
    parser.add_argument(
        "--include-open-hours", action="store_true", help="take hours that have not ended as well"
    )
    values = parser.parse_args(arguments)
    return CompactionArguments(
        values.contract,
        values.events_uri.rstrip("/"),
        values.history_uri.rstrip("/"),
        values.region,
        values.keep_days,
        values.include_open_hours,
    )


def run_compaction(
    spark: SparkSession, storage: Storage, arguments: CompactionArguments
) -> dict[str, Any]:
    """Compacts once; returns what was done.

    Raises:
        CompactionError: At least one hour could not be compacted; the others were.
        ContractError: There is no event contract that this job reads.
    """
    counts = compact(
        spark,
        storage,
        LakeLocation(arguments.events_uri, arguments.history_uri),
        lake_schema(load_contract(storage, arguments.contract_uri)),
        CompactionOptions(
            now=datetime.datetime.now(datetime.UTC),
            keep_days=arguments.keep_days,
            include_open_hours=arguments.include_open_hours,
        ),
    )
    return asdict(counts)


def _days(value: str) -> int:
    number = int(value)
    if number < 1:
        # A reader that listed the files before the compaction may still be at work.
        raise argparse.ArgumentTypeError(f"expected 1 or more, received {value}")
    return number
