"""Counts the rows of a micro-batch while its one action runs, and reads the counts afterwards.

A second look at the source, or at a cached copy, could see other rows than were written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from streaming_ml.lag import lag_of
from streaming_ml.metrics import BatchMetrics

OBSERVATION_NAME = "rows"

# Freshness is counted down from the commit, so its high percentiles are arrival's low ones.
_ARRIVAL_PERCENTILES = {"p50": 0.5, "p95": 0.05, "max": 0.0}


def observe_rows(events: DataFrame, reasons: Iterable[str]) -> DataFrame:
    """Adds the counters to a streaming DataFrame of the lake's columns."""
    arrival = F.col("arrival_time").cast("double")
    return events.observe(
        OBSERVATION_NAME,
        F.count(F.lit(1)).alias("written"),
        *[F.count(F.when(F.col("reason") == reason, 1)).alias(reason) for reason in reasons],
        F.percentile_approx(arrival, list(_ARRIVAL_PERCENTILES.values())).alias("arrivals"),
    )


def batch_metrics(
    progress: Mapping[str, Any],
    observed: Mapping[str, Any],
    committed_at: datetime.datetime,
    reasons: Iterable[str],
) -> BatchMetrics:
    """Puts the figures of a completed batch together.

    Args:
        progress: Spark's progress of the trigger, as JSON.
        observed: What `observe_rows` counted.
        committed_at: When the batch's files became readable.
        reasons: As given to `observe_rows`.
    """
    quarantined = {reason: int(observed[reason]) for reason in reasons if observed[reason]}
    written = int(observed["written"])
    operators = progress.get("stateOperators", [])
    duplicates = sum(
        int(operator.get("customMetrics", {}).get("numDroppedDuplicateRows", 0))
        for operator in operators
    )
    late = sum(int(operator.get("numRowsDroppedByWatermark", 0)) for operator in operators)
    commit = committed_at.timestamp()
    freshness = {
        name: round(commit - arrival, 3)
        for name, arrival in zip(_ARRIVAL_PERCENTILES, observed["arrivals"] or [], strict=False)
    }
    return BatchMetrics(
        batch_id=int(progress["batchId"]),
        committed_at=format_time(committed_at),
        rows_in=written + duplicates + late,
        valid=written - sum(quarantined.values()),
        quarantined=quarantined,
        duplicates=duplicates,
        dropped_by_watermark=late,
        freshness_seconds=freshness,
        batch_seconds=int(progress["durationMs"].get("triggerExecution", 0)) / 1000,
        lag=lag_of(progress),
    )


def format_time(moment: datetime.datetime) -> str:
    """Returns RFC 3339 in UTC, to the millisecond."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
