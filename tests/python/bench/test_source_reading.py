from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from bench.source_reading import TASK_COUNTERS, TaskCounters, driver_counters, processor_seconds
from tests.python.streaming_run.job_process import REPOSITORY

_METRICS = REPOSITORY / "spark/java/streamingml/kinesis/source/TaskMetrics.java"
_BYTES = "bytes that Kinesis sent, including records after the ranges"


def _task_end(counters: dict[str, str]) -> str:
    accumulables = [{"ID": 1, "Name": name, "Update": value} for name, value in counters.items()]
    event = {"Event": "SparkListenerTaskEnd", "Task Info": {"Accumulables": accumulables}}
    return json.dumps(event, separators=(",", ":")) + "\n"


def test_adds_up_what_tasks_counted_since(tmp_path: Path) -> None:
    log = tmp_path / "local-1.inprogress"
    log.write_text(_task_end({"calls to Kinesis": "100"}))
    counters = TaskCounters(tmp_path)
    with log.open("a") as file:
        file.write(_task_end({"calls to Kinesis": "3", _BYTES: "7"}))
        file.write('{"Event":"SparkListenerStageCompleted"}\n')
        file.write(_task_end({"calls to Kinesis": "2", "duration": "5"}))
    assert counters.since_made() == {"calls": 5, "bytes": 7}


def test_knows_the_descriptions_that_the_source_gives_its_counters() -> None:
    source = _METRICS.read_text()
    assert [name for name in TASK_COUNTERS if f'return "{name}";' not in source] == []


def test_adds_up_what_planning_counted() -> None:
    def progress(metrics: dict[str, str] | None) -> dict[str, Any]:
        return {"sources": [{"metrics": metrics}]}

    first = {"calls.GetRecords": "2", "bytes": "10", "behindSecondsMax": "0.500", "shards": "2"}
    second = {"calls.GetRecords": "1", "bytes": "5", "calls.GetShardIterator": "1"}
    assert driver_counters([progress(first), progress(None), progress(second)]) == {
        "calls.GetRecords": 3,
        "calls.GetShardIterator": 1,
        "bytes": 15,
    }


def test_says_what_a_process_has_used_of_the_cores() -> None:
    before = processor_seconds(os.getpid())
    deadline = time.process_time() + 0.2
    while time.process_time() < deadline:
        pass
    assert processor_seconds(os.getpid()) - before >= 0.1
