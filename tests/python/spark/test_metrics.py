"""Where the figures of a batch go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streaming_ml.metrics import BatchMetrics, CloudWatchMetrics, FileMetrics

FIGURES = BatchMetrics(
    batch_id=3,
    committed_at="2026-11-24T12:00:00.000Z",
    rows_in=6,
    valid=3,
    quarantined={"not_json": 2},
    duplicates=1,
    dropped_by_watermark=0,
    freshness_seconds={"p50": 0.5, "p95": 0.9, "max": 1.0},
    batch_seconds=0.4,
)


def test_one_line_per_batch(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "metrics.jsonl"
    sink = FileMetrics(path)
    sink.publish(FIGURES)
    sink.publish(FIGURES)
    lines = path.read_text().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0]) == {
        "batchId": 3,
        "committedAt": "2026-11-24T12:00:00.000Z",
        "rowsIn": 6,
        "valid": 3,
        "quarantined": {"not_json": 2},
        "duplicates": 1,
        "droppedByWatermark": 0,
        "freshnessSeconds": {"p50": 0.5, "p95": 0.9, "max": 1.0},
        "batchSeconds": 0.4,
    }


def test_one_call_to_cloudwatch() -> None:
    calls: list[dict[str, Any]] = []

    class Client:
        def put_metric_data(self, **call: Any) -> None:
            calls.append(call)

    CloudWatchMetrics(Client(), "StreamingMl/dev", "events").publish(FIGURES)
    (call,) = calls
    assert call["Namespace"] == "StreamingMl/dev"
    stream = {"Name": "Stream", "Value": "events"}
    told = {
        (datum["MetricName"], len(datum["Dimensions"])): (datum["Value"], datum["Unit"])
        for datum in call["MetricData"]
    }
    assert all(datum["Dimensions"][0] == stream for datum in call["MetricData"])
    assert told == {
        ("RowsIn", 1): (6, "Count"),
        ("ValidRows", 1): (3, "Count"),
        ("QuarantinedRows", 1): (2, "Count"),
        ("QuarantinedRows", 2): (2, "Count"),
        ("DuplicateRows", 1): (1, "Count"),
        ("RowsDroppedByWatermark", 1): (0, "Count"),
        ("BatchSeconds", 1): (0.4, "Seconds"),
        ("FreshnessP50Seconds", 1): (0.5, "Seconds"),
        ("FreshnessP95Seconds", 1): (0.9, "Seconds"),
    }
    assert call["MetricData"][-1]["Dimensions"][1] == {"Name": "Reason", "Value": "not_json"}
