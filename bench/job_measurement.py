"""Measures the throughput of the streaming job on one core beside the naive job; see `job`.

The variants take turns, so that a disturbance of the machine hits all of them alike; medians of
the repetitions are reported. Records a second count the time of the micro-batches, not the start
of the query.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.arguments import RANGES_SOURCE
from streaming_ml.contract import EventContract
from streaming_ml.reading import use_contract
from streaming_ml.session import DEFAULT_SETTINGS, streaming_settings

from bench.job_contracts import read_contract, shape_names, workload_names
from bench.job_records import SEPARATORS, events_of_workload, invented_events, write_records
from bench.job_variants import Variants
from tests.python.streaming_run.job_process import JAVA_CLASS_PATH

log = logging.getLogger(__name__)

REPOSITORY = Path(__file__).resolve().parents[1]
_FILES = 10
_FILES_PER_BATCH = 2
_SEED = 20260101


@dataclass(frozen=True)
class Measurement:
    """How often, and with what, a contract is measured."""

    events: int
    repetitions: int
    form: str


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; returns 0 whatever the figures are."""
    everything = [*workload_names(), *shape_names()]
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--contracts",
        nargs="+",
        choices=everything,
        default=everything,
        help="whose events; default: those of all workloads and shapes",
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--repetitions", type=int, default=5, help="after one that is not counted")
    parser.add_argument(
        "--form",
        choices=sorted(SEPARATORS),
        default="plain",
        help="how producers write JSON: as JSON.stringify does, or as Python's json.dumps",
    )
    options = parser.parse_args(arguments)
    measurement = Measurement(options.events, options.repetitions, options.form)
    print(json.dumps([_measure_contract(name, measurement) for name in options.contracts]))
    return 0


def summary(
    name: str, rates: dict[str, list[float]], measurement: Measurement, share: float
) -> dict[str, Any]:
    """Returns the figures: medians, and their ratio to the naive job's."""
    medians = {name: statistics.median(values) for name, values in rates.items()}
    # Repetitions are neighbours in time, so their ratios are steadier than those of the medians.
    ratios = {
        variant: statistics.median(
            own / naive for own, naive in zip(values, rates["naive"], strict=True)
        )
        for variant, values in rates.items()
        if variant != "naive"
    }
    return {
        "contract": name,
        "events": measurement.events,
        "form": measurement.form,
        "repetitions": measurement.repetitions,
        "recordsPerSecondPerCore": {name: round(rate) for name, rate in medians.items()},
        "ratioToNaive": {name: round(ratio, 3) for name, ratio in ratios.items()},
        "shareOfRowsThatHitAGuard": round(share, 4),
    }


def _measure_contract(name: str, measurement: Measurement) -> dict[str, Any]:
    contract = read_contract(name)
    with tempfile.TemporaryDirectory(prefix="bench-job-", dir=REPOSITORY / ".local") as folder:
        records = Path(folder) / "records"
        log.info("%s: writing %s events", name, measurement.events)
        is_shape = name in shape_names()
        events = invented_events(contract) if is_shape else events_of_workload(name)
        write_records(
            contract, events, records, measurement.events, _FILES, _SEED, measurement.form
        )
        # A session of its own: it looks for the functions' catalog once.
        spark = _session(Path(folder))
        try:
            use_contract(spark, contract)
            share = _share_of_guarded_rows(spark, records, contract)
            variants = Variants(spark, records, _FILES_PER_BATCH, contract)
            rates = _measure(name, variants, Path(folder), measurement)
        finally:
            spark.stop()
    return summary(name, rates, measurement, share)


def _session(folder: Path) -> SparkSession:
    builder = SparkSession.builder.master("local[1]").appName("bench-job")
    settings = {
        **DEFAULT_SETTINGS,
        **streaming_settings(RANGES_SOURCE),
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.memory": "3g",
        "spark.driver.extraClassPath": JAVA_CLASS_PATH,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def _share_of_guarded_rows(spark: SparkSession, records: Path, contract: EventContract) -> float:
    """Returns the share of rows with a string that may contain personal data to mask."""
    document = F.col("data").cast("string")
    guarded = F.lit(False)
    for field in contract.fields:
        if "mask" in field.uses:
            text = F.get_json_object(document, ".".join(("$", *field.path)))
            guarded |= F.call_function("streaming_ml.holds_mask_candidate", text)
    share = F.avg(guarded.cast("int")).alias("share")
    (row,) = spark.read.parquet(str(records)).select(share).collect()
    return float(row["share"])


def _measure(
    name: str, variants: Variants, folder: Path, measurement: Measurement
) -> dict[str, list[float]]:
    starters = {
        "naive": variants.naive,
        "ours": variants.ours,
        "oursDeduplicated": variants.ours_deduplicated,
    }
    rates: dict[str, list[float]] = {variant: [] for variant in starters}
    for repetition in range(measurement.repetitions + 1):
        for variant, start in starters.items():
            output = folder / "output"
            rate = measurement.events / _seconds_of(start(output))
            shutil.rmtree(output)
            log.info(
                "%s: repetition %s, %s: %s records/s", name, repetition, variant, f"{rate:,.0f}"
            )
            # The first one also compiles.
            if repetition > 0:
                rates[variant].append(rate)
    return rates


def _seconds_of(query: StreamingQuery) -> float:
    query.awaitTermination()
    batches = [int(progress["durationMs"].get("addBatch", 0)) for progress in query.recentProgress]
    return sum(batches) / 1000


if __name__ == "__main__":
    sys.exit(main())
