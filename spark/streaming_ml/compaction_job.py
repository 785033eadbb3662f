"""The compaction job: its command line, and one run of it."""

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
    """The arguments that the deployment passes.

    Attributes:
        contract_uri: The compiled event contract.
        events_uri: Root that the streaming job writes below.
        history_uri: Root of the compacted files.
        region: AWS region of the bucket.
        keep_days: Days that the streaming job's own files are kept after their hour was compacted.
        include_open_hours: Compact hours that have not ended, too.
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
    parser.add_argument("--history-uri", required=True, help="root of the compacted files")
    parser.add_argument("--region", required=True, help="AWS region of the bucket")
    parser.add_argument("--keep-days", required=True, type=_days, help="1 or more")
    parser.add_argument(
        "--include-open-hours", action="store_true", help="compact hours that have not ended, too"
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
        CompactionError: At least one hour could not be compacted; all others were.
        ContractError: The event contract is missing or cannot be read.
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
        # A reader that listed the files before the compaction may still be reading them.
        raise argparse.ArgumentTypeError(f"expected 1 or more, received {value}")
    return number
