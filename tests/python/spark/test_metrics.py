"""Where the figures of a batch go."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from streaming_ml.lag import Lag, lag_of
from streaming_ml.metrics import BatchMetrics, CloudWatchMetrics, FileMetrics
from streaming_ml.shared_contract import load_shared_contract

FIGURES = BatchMetrics(
    batch_id=3,
    committed_at="2026-11-24T12:00:00.000Z",
    rows_in=6,
    valid=3,
    quarantined={"not_json": 2},
    duplicates=1,
    rows_with_unknown_fields=2,
    unknown_fields=5,
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
        "rowsWithUnknownFields": 2,
        "unknownFields": 5,
        "droppedByWatermark": 0,
        "freshnessSeconds": {"p50": 0.5, "p95": 0.9, "max": 1.0},
        "batchSeconds": 0.4,
    }


def test_writes_the_lag_of_the_source_if_known(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    for lag in (None, Lag(0.0, None), Lag(12.5, "shardId-3")):
        FileMetrics(path).publish(dataclasses.replace(FIGURES, lag=lag))
    silent, caught_up, behind = (json.loads(line) for line in path.read_text().splitlines())
    assert not {"behindSeconds", "behindShard"} & set(silent)
    assert (caught_up["behindSeconds"], caught_up["behindShard"]) == (0.0, None)
    assert (behind["behindSeconds"], behind["behindShard"]) == (12.5, "shardId-3")


@pytest.mark.parametrize(
    ("sources", "lag"),
    [
        # As Spark writes them: every figure of a source is text.
        ([{"metrics": {"behindSecondsMax": "3.25", "behindShard": "a"}}], Lag(3.25, "a")),
        ([{"metrics": {"behindSecondsMax": "0.0", "behindShard": ""}}], Lag(0.0, None)),
        ([{"metrics": {"behindSecondsMax": "0.0"}}], Lag(0.0, None)),
        ([{"metrics": {"other": "1"}}], None),
        ([{}], None),
        ([], None),
    ],
)
def test_reads_the_lag_from_the_progress(sources: list[dict[str, Any]], lag: Lag | None) -> None:
    assert lag_of({"sources": sources}) == lag


def test_one_call_to_cloudwatch() -> None:
    calls: list[dict[str, Any]] = []

    class Client:
        def put_metric_data(self, **call: Any) -> None:
            calls.append(call)

    figures = dataclasses.replace(FIGURES, lag=Lag(12.5, "shardId-3"))
    CloudWatchMetrics(Client(), "StreamingMl/dev", "events").publish(figures)
    (call,) = calls
    assert call["Namespace"] == "StreamingMl/dev"
    stream = {"Name": "Stream", "Value": "events"}
    sent = {
        (datum["MetricName"], len(datum["Dimensions"])): (datum["Value"], datum["Unit"])
        for datum in call["MetricData"]
    }
    assert all(datum["Dimensions"][0] == stream for datum in call["MetricData"])
    assert sent == {
        ("RowsIn", 1): (6, "Count"),
        ("ValidRows", 1): (3, "Count"),
        ("QuarantinedRows", 1): (2, "Count"),
        ("QuarantinedRows", 2): (2, "Count"),
        ("DuplicateRows", 1): (1, "Count"),
        ("RowsWithUnknownFields", 1): (2, "Count"),
        ("UnknownFields", 1): (5, "Count"),
        ("RowsDroppedByWatermark", 1): (0, "Count"),
        ("BatchSeconds", 1): (0.4, "Seconds"),
        ("FreshnessP50Seconds", 1): (0.5, "Seconds"),
        ("FreshnessP95Seconds", 1): (0.9, "Seconds"),
        ("BehindSeconds", 1): (12.5, "Seconds"),
    }
    assert {name for name, _ in sent} == set(load_shared_contract("job-metrics.json"))
    assert call["MetricData"][-1]["Dimensions"][1] == {"Name": "Reason", "Value": "not_json"}
