"""Measures the throughput of the streaming job on one core beside the naive job; see `job`.

The variants take turns, so that a disturbance of the machine hits all of them alike; medians of
the repetitions are reported. Records a second count the time of the micro-batches, not the start
of the query.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.contract import EventContract, load_contract
from streaming_ml.reading import use_contract
from streaming_ml.session import DEFAULT_SETTINGS, REQUIRED_SETTINGS

from bench.job_posts import SEPARATORS, write_posts
from bench.job_variants import Variants
from local.streaming_run.job_process import JAVA_CLASS_PATH

REPOSITORY = Path(__file__).resolve().parents[1]
CONTRACT = REPOSITORY / ".local" / "contracts" / "sentiment.json"
CORPUS = REPOSITORY / ".local" / "data" / "tweets.csv"
_FILES = 10
_FILES_PER_BATCH = 2
_SEED = 20260101
_TARGETS = {"ours": 0.7, "oursDeduplicated": 0.55}


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; returns 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--repetitions", type=int, default=5, help="after one that is not counted")
    parser.add_argument(
        "--form",
        choices=sorted(SEPARATORS),
        default="plain",
        help="how producers write JSON: as JSON.stringify does, or as Python's json.dumps",
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-job-", dir=REPOSITORY / ".local") as folder:
        posts = Path(folder) / "posts"
        _say(f"writing {options.posts} posts")
        write_posts(CORPUS, posts, options.posts, _FILES, _SEED, options.form)
        contract = load_contract(str(CONTRACT), "us-east-1")
        spark = _session(Path(folder))
        try:
            # Before the first call: the functions' catalog looks once.
            use_contract(spark, contract)
            share = _share_of_guarded_rows(spark, posts, contract)
            variants = Variants(spark, posts, _FILES_PER_BATCH, contract)
            rates = _measure(variants, Path(folder), options.posts, options.repetitions)
        finally:
            spark.stop()
    print(json.dumps(summary(rates, options.posts, options.form, share)))
    return 0


def summary(rates: dict[str, list[float]], posts: int, form: str, share: float) -> dict[str, Any]:
    """Returns the figures: medians, and their ratio to the naive job's."""
    medians = {name: statistics.median(values) for name, values in rates.items()}
    # Repetitions are neighbours in time, so their ratios are steadier than those of the medians.
    ratios = {
        name: statistics.median(
            own / naive for own, naive in zip(rates[name], rates["naive"], strict=True)
        )
        for name in _TARGETS
    }
    return {
        "posts": posts,
        "form": form,
        "repetitions": len(rates["naive"]),
        "recordsPerSecondPerCore": {name: round(rate) for name, rate in medians.items()},
        "ratioToNaive": {name: round(ratio, 3) for name, ratio in ratios.items()},
        "targetRatio": _TARGETS,
        "shareOfRowsThatHitAGuard": round(share, 4),
    }


def _session(folder: Path) -> SparkSession:
    builder = SparkSession.builder.master("local[1]").appName("bench-job")
    settings = {
        **DEFAULT_SETTINGS,
        **REQUIRED_SETTINGS,
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


def _share_of_guarded_rows(spark: SparkSession, posts: Path, contract: EventContract) -> float:
    """Rows whose text the job has to look at again, with regular expressions, for a mask."""
    (masked,) = (field for field in contract.fields if "mask" in field.uses)
    path = ".".join(("$", *masked.path))
    text = F.get_json_object(F.col("data").cast("string"), path)
    guarded = F.call_function("streaming_ml.holds_mask_candidate", text).cast("int")
    (row,) = spark.read.parquet(str(posts)).select(F.avg(guarded).alias("share")).collect()
    return float(row["share"])


def _measure(
    variants: Variants, folder: Path, count: int, repetitions: int
) -> dict[str, list[float]]:
    starters = {
        "naive": variants.naive,
        "ours": variants.ours,
        "oursDeduplicated": variants.ours_deduplicated,
    }
    rates: dict[str, list[float]] = {name: [] for name in starters}
    for repetition in range(repetitions + 1):
        for name, start in starters.items():
            output = folder / "output"
            seconds = _seconds_of(start(output))
            shutil.rmtree(output)
            _say(f"repetition {repetition}, {name}: {count / seconds:,.0f} records/s")
            # The first one also compiles.
            if repetition > 0:
                rates[name].append(count / seconds)
    return rates


def _seconds_of(query: StreamingQuery) -> float:
    query.awaitTermination()
    batches = [int(progress["durationMs"].get("addBatch", 0)) for progress in query.recentProgress]
    return sum(batches) / 1000


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
