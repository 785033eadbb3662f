"""Counts the rows of a micro-batch while its one action runs, and reads the counts afterwards.

Reading the source or a cached copy a second time could give other rows than were written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from streaming_ml.lag import lag_of
from streaming_ml.metrics import BatchMetrics
from streaming_ml.reading import UNKNOWN_FIELDS_COLUMN
from streaming_ml.timestamps import format_time

_ROWS = "rows"
_UNKNOWN_FIELDS = "unknown_fields"

# Freshness is the time from arrival to commit: its high percentiles are low percentiles of arrival.
_ARRIVAL_PERCENTILES = {"p50": 0.5, "p95": 0.05, "max": 0.0}


def observe_unknown_fields(prepared: DataFrame) -> DataFrame:
    """Counts the fields that the contract does not have, and drops the column with their number.

    This runs before the shuffle, so that the column is not shuffled. So duplicates are counted, and
    an event that a lost task has read is counted again when its stage is retried.

    Args:
        prepared: A streaming DataFrame from `events.prepare_events`.
    """
    unknown = F.col(UNKNOWN_FIELDS_COLUMN)
    return prepared.observe(
        _UNKNOWN_FIELDS,
        F.count(F.when(unknown > 0, 1)).alias("rows_with_unknown_fields"),
        F.sum(unknown).alias("unknown_fields"),
    ).drop(UNKNOWN_FIELDS_COLUMN)


def observe_rows(events: DataFrame, reasons: Iterable[str]) -> DataFrame:
    """Adds the counters to a streaming DataFrame of the lake's columns."""
    arrival = F.col("arrival_time").cast("double")
    return events.observe(
        _ROWS,
        F.count(F.lit(1)).alias("written"),
        *[F.count(F.when(F.col("reason") == reason, 1)).alias(reason) for reason in reasons],
        F.percentile_approx(arrival, list(_ARRIVAL_PERCENTILES.values())).alias("arrivals"),
    )


def observed_figures(observations: Mapping[str, Row]) -> dict[str, Any] | None:
    """Returns the counts of a batch by name; None if nothing was observed."""
    if not {_ROWS, _UNKNOWN_FIELDS} <= observations.keys():
        return None
    return {**observations[_UNKNOWN_FIELDS].asDict(), **observations[_ROWS].asDict()}


def batch_metrics(
    progress: Mapping[str, Any],
    observed: Mapping[str, Any],
    committed_at: datetime.datetime,
    reasons: Iterable[str],
) -> BatchMetrics:
    """Returns the metrics of a completed batch.

    Args:
        progress: Spark's progress of the trigger, parsed from JSON.
        observed: From `observed_figures`.
        committed_at: When the batch's files became readable.
        reasons: The same as for `observe_rows`.
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
        rows_with_unknown_fields=int(observed["rows_with_unknown_fields"]),
        # A sum over no rows is null.
        unknown_fields=int(observed["unknown_fields"] or 0),
        dropped_by_watermark=late,
        freshness_seconds=freshness,
        batch_seconds=int(progress["durationMs"].get("triggerExecution", 0)) / 1000,
        lag=lag_of(progress),
    )
