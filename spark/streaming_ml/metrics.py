"""The metrics of a micro-batch, and their destinations: a file or CloudWatch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from streaming_ml.lag import Lag
from streaming_ml.shared_contract import load_shared_contract

_METRICS = load_shared_contract("job-metrics.json")


@dataclass(frozen=True)
class BatchMetrics:
    """The metrics of one micro-batch.

    Attributes:
        batch_id: Spark's number of the batch within its checkpoint.
        committed_at: When its files became readable, RFC 3339.
        rows_in: Records read from the stream.
        valid: Rows written as valid.
        quarantined: Rows written to quarantine, by reason.
        duplicates: Rows dropped because their key had been seen.
        rows_with_unknown_fields: Valid events, duplicates included, with fields that the contract
            does not have. Those fields are dropped.
        unknown_fields: Number of those fields in all events.
        dropped_by_watermark: Rows dropped as late: always 0 unless the clock is wrong.
        freshness_seconds: p50, p95 and max of the time from arrival in the stream to
            `committed_at`; empty for a batch without rows.
        batch_seconds: Duration of the whole trigger.
        lag: How far the source was behind the stream; None if it does not report that.
    """

    batch_id: int
    committed_at: str
    rows_in: int
    valid: int
    quarantined: dict[str, int]
    duplicates: int
    rows_with_unknown_fields: int
    unknown_fields: int
    dropped_by_watermark: int
    freshness_seconds: dict[str, float]
    batch_seconds: float
    lag: Lag | None = None


class MetricsSink(Protocol):
    """Receives the metrics of one batch after another."""

    def publish(self, metrics: BatchMetrics) -> None:
        """Stores the metrics of one batch."""


class FileMetrics:
    """Appends one JSON line per micro-batch to a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def publish(self, metrics: BatchMetrics) -> None:
        """Appends the batch's line."""
        line = {
            "batchId": metrics.batch_id,
            "committedAt": metrics.committed_at,
            "rowsIn": metrics.rows_in,
            "valid": metrics.valid,
            "quarantined": metrics.quarantined,
            "duplicates": metrics.duplicates,
            "rowsWithUnknownFields": metrics.rows_with_unknown_fields,
            "unknownFields": metrics.unknown_fields,
            "droppedByWatermark": metrics.dropped_by_watermark,
            "freshnessSeconds": metrics.freshness_seconds,
            "batchSeconds": metrics.batch_seconds,
            **_lag_fields(metrics.lag),
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _lag_fields(lag: Lag | None) -> dict[str, Any]:
    return {} if lag is None else {"behindSeconds": lag.seconds, "behindShard": lag.shard}


class CloudWatchMetrics:
    """Puts the metrics into a CloudWatch namespace, with the dimension `Stream`.

    Args:
        client: boto3 client of CloudWatch.
        namespace: CloudWatch namespace.
        stream: Value of the dimension `Stream`.
    """

    def __init__(self, client: Any, namespace: str, stream: str) -> None:
        self._client = client
        self._namespace = namespace
        self._stream = {"Name": "Stream", "Value": stream}

    def publish(self, metrics: BatchMetrics) -> None:
        """Puts the batch's metrics with one call."""
        figures = [
            ("RowsIn", metrics.rows_in),
            ("ValidRows", metrics.valid),
            ("QuarantinedRows", sum(metrics.quarantined.values())),
            ("DuplicateRows", metrics.duplicates),
            ("RowsWithUnknownFields", metrics.rows_with_unknown_fields),
            ("UnknownFields", metrics.unknown_fields),
            ("RowsDroppedByWatermark", metrics.dropped_by_watermark),
            ("BatchSeconds", metrics.batch_seconds),
        ]
        for name, key in (("FreshnessP50Seconds", "p50"), ("FreshnessP95Seconds", "p95")):
            if key in metrics.freshness_seconds:
                figures.append((name, metrics.freshness_seconds[key]))
        if metrics.lag is not None:
            figures.append(("BehindSeconds", metrics.lag.seconds))
        data = [self._datum(name, value) for name, value in figures]
        for reason, rows in metrics.quarantined.items():
            dimension = {"Name": "Reason", "Value": reason}
            data.append(self._datum("QuarantinedRows", rows, dimension))
        self._client.put_metric_data(Namespace=self._namespace, MetricData=data)

    def _datum(self, name: str, value: float, *more_dimensions: dict[str, str]) -> dict[str, Any]:
        return {
            "MetricName": name,
            "Dimensions": [self._stream, *more_dimensions],
            "Value": value,
            "Unit": _METRICS[name]["unit"],
        }
