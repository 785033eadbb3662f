"""Reads a stream through a Spark source and nothing else, and says what that took.

The rows go nowhere (Spark's `noop`), on one core, so that nothing but the source is measured. Any
source in the class path can be read, for a comparison by hand.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql.streaming.query import StreamingQuery

# Spark's event log has the descriptions of a source's counters, not their names.
TASK_COUNTERS = {
    "calls to Kinesis": "calls",
    "records of Kinesis, aggregated ones counted once": "records",
    "bytes that Kinesis sent, including records after the ranges": "bytes",
}


@dataclass(frozen=True)
class Reading:
    """What it took to read a stream.

    Attributes:
        records: Rows that were read.
        seconds: Duration of all micro-batches with rows, without the wait for the next trigger.
        elapsed_seconds: Time since the start of the query, with that wait.
        processor_seconds: Processor time of all threads of the Java virtual machine.
        planning_milliseconds: Time that each trigger needed to plan its micro-batch.
        driver: Sums of the source's own metrics in the progress, if it has any.
        tasks: Sums of the source's own task counters, if it has any.
    """

    records: int
    seconds: float
    elapsed_seconds: float
    processor_seconds: float
    planning_milliseconds: list[int]
    driver: Mapping[str, int]
    tasks: Mapping[str, int]


class SourceReader:
    """Reads one stream repeatedly, each time from its oldest record.

    Args:
        spark: From `source_session`.
        format_name: Spark format of the source.
        options: Options of the source.
        folder: For checkpoints; the folder that `source_session` was given.
    """

    def __init__(
        self, spark: SparkSession, format_name: str, options: Mapping[str, str], folder: Path
    ) -> None:
        self._spark = spark
        self._format = format_name
        self._options = options
        self._folder = folder

    def read(self, trigger_seconds: float, is_enough: Callable[[int], bool]) -> Reading:
        """Reads until `is_enough`, which receives the number of rows read.

        Raises:
            RuntimeError: The query ended without being stopped.
        """
        checkpoint = self._folder / "checkpoint"
        task_counters = TaskCounters(self._folder / "event-log")
        pid = java_process_id(self._spark)
        before, begin = processor_seconds(pid), time.monotonic()
        query = self._start(trigger_seconds, checkpoint)
        try:
            while not is_enough(_rows(query)):
                if not query.isActive:
                    raise RuntimeError(f"The query ended: {query.exception()}")
                # Each check makes the virtual machine serialize all progress, which is measured
                # too.
                time.sleep(0.5)
            used, elapsed = processor_seconds(pid) - before, time.monotonic() - begin
        finally:
            query.stop()
            shutil.rmtree(checkpoint)
        progress = [dict(one) for one in query.recentProgress]
        return Reading(
            records=_rows(query),
            seconds=sum(one["durationMs"]["triggerExecution"] for one in _with_rows(progress))
            / 1000,
            elapsed_seconds=elapsed,
            processor_seconds=used,
            planning_milliseconds=[
                one["durationMs"]["latestOffset"]
                for one in progress
                if "latestOffset" in one["durationMs"]
            ],
            driver=driver_counters(progress),
            tasks=task_counters.since_made(),
        )

    def _start(self, trigger_seconds: float, checkpoint: Path) -> StreamingQuery:
        stream = self._spark.readStream.format(self._format).options(**self._options).load()
        return (
            stream.writeStream.format("noop")
            .option("checkpointLocation", str(checkpoint))
            .trigger(processingTime=f"{round(trigger_seconds * 1000)} milliseconds")
            .start()
        )


def source_session(folder: Path, class_path: Sequence[Path]) -> SparkSession:
    """Returns a session of one core.

    Args:
        folder: For the files that Spark writes.
        class_path: Folders of classes, or of jars with `*` as their last part.
    """
    event_log = folder / "event-log"
    event_log.mkdir(parents=True)
    settings = {
        "spark.driver.memory": "2g",
        "spark.driver.extraClassPath": os.pathsep.join(str(entry) for entry in class_path),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.streaming.noDataMicroBatches.enabled": "false",
        "spark.sql.streaming.numRecentProgressUpdates": "100000",
        # The task counters are read from the event log.
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": event_log.as_uri(),
    }
    builder = SparkSession.builder.master("local[1]").appName("bench-source")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


class TaskCounters:
    """Task counters of Spark's event log.

    Args:
        folder: Folder of the log. Only later entries are counted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._position = self._file().stat().st_size

    def since_made(self) -> dict[str, int]:
        """Returns the sums of the tasks that have ended since then."""
        counters: Counter[str] = Counter()
        with self._file().open() as log:
            log.seek(self._position)
            for line in log:
                if line.startswith('{"Event":"SparkListenerTaskEnd"'):
                    counters.update(_task_counters(json.loads(line)))
        return dict(counters)

    def _file(self) -> Path:
        (file,) = self._folder.iterdir()
        return file


def _task_counters(event: Mapping[str, Any]) -> dict[str, int]:
    return {
        TASK_COUNTERS[one["Name"]]: int(one["Update"])
        for one in event["Task Info"]["Accumulables"]
        if one.get("Name") in TASK_COUNTERS and "Update" in one
    }


def driver_counters(progress: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Returns the sums of calls and bytes in a source's metrics."""
    counters: Counter[str] = Counter()
    for one in progress:
        metrics = one["sources"][0].get("metrics") or {}
        counters.update(
            {
                name: int(value)
                for name, value in metrics.items()
                if name.startswith("calls.") or name == "bytes"
            }
        )
    return dict(counters)


def java_process_id(spark: SparkSession) -> int:
    """Returns the id of the process that runs Spark."""
    java: Any = spark.sparkContext._jvm
    return int(java.java.lang.ProcessHandle.current().pid())


def processor_seconds(pid: int) -> float:
    """Returns what a process has used of all cores so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def _rows(query: StreamingQuery) -> int:
    return sum(int(one["numInputRows"]) for one in query.recentProgress)


def _with_rows(progress: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in progress if one["numInputRows"]]
