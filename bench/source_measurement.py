"""The parts of the source benchmark; see `source`."""

from __future__ import annotations

import datetime
import json
import logging
import statistics
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from bench.kinesis_activity import Activity, activity
from bench.source_reading import Reading, SourceReader, source_session
from local.events.contracts import stack_workload, workload_contract
from local.events.crowd import Crowd
from local.events.sent_record import SentRecord
from tests.python.streaming_run.emulator import Emulator
from tests.python.streaming_run.job_process import JAVA_CLASSES, KINESIS_CLIENT
from tests.python.streaming_run.resources import client
from tests.python.streaming_run.sending import send

log = logging.getLogger(__name__)

SHARDS = 2

_MOMENT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_FORMAT = "kinesis-ranges"
_TRIGGER_SECONDS = 1.0
_OPTIONS = {"batchSeconds": "1", "spanSeconds": "3"}
_AS_FAST_AS_IT_GOES = 1e9
_RECORDS_AT_ONCE = 500
_TRAFFIC_PER_SECOND = 20
_ENDLESS = 1_000_000
_WRITTEN_RECORDS_PER_SECOND = 1000
_SHARD_CALLS = ("GetRecords", "GetShardIterator")
_BACKLOG = "backlog"
_STEADY = "steady"


class SourceMeasurement:
    """Measures the source on streams of a stand-in of Kinesis.

    Args:
        folder: For the files of Spark and of the sender.
        emulator: The stand-in; the environment of this process must already refer to it.
    """

    def __init__(self, folder: Path, emulator: Emulator) -> None:
        self._folder = folder
        self._emulator = emulator
        self._environment = emulator.environment()
        self._spark_folder = folder / "spark"
        self._spark = source_session(self._spark_folder, [JAVA_CLASSES, KINESIS_CLIENT])
        self._records = 0
        self._crowd = Crowd(workload_contract(stack_workload()), lambda: _MOMENT)

    def stop(self) -> None:
        """Ends Spark."""
        self._spark.stop()

    def catch_up(self, records: int, repetitions: int) -> dict[str, Any]:
        """Puts a backlog on a stream and reads it as fast as the source can, in medians."""
        self._create(_BACKLOG)
        log.info("putting %s records on the stream", records)
        self._send(_BACKLOG, self._at_the_write_quota(self._events(records)), _AS_FAST_AS_IT_GOES)
        self._records = records
        self._emulator.change(readCallLimits=False, readByteLimits=False)
        readings = []
        for repetition in range(repetitions + 1):
            reading, asked = self._read_backlog()
            log.info("repetition %s: %s", repetition, json.dumps(_rates(reading)))
            # The first one also compiles.
            if repetition > 0:
                readings.append((reading, asked))
        rates = [_rates(reading) for reading, _ in readings]
        return {
            name: round(statistics.median(rate[name] for rate in rates)) for name in rates[0]
        } | {
            "records": records,
            "repetitions": repetitions,
            "bytesReadPerByteOfRecords": round(
                statistics.median(asked.bytes_read for _, asked in readings)
                / self._backlog_bytes(),
                3,
            ),
        }

    def catch_up_within_quotas(self) -> dict[str, Any]:
        """Reads the same backlog again from shards with Kinesis's quotas."""
        self._emulator.change(readCallLimits=True, readByteLimits=True)
        reading, asked = self._read_backlog()
        log.info("within the quotas: %s", json.dumps(_rates(reading)))
        return {
            "recordsPerSecond": round(reading.records / reading.elapsed_seconds),
            "perShardAndMinute": asked.per_shard_and_minute(SHARDS, reading.elapsed_seconds),
        }

    def steady(self, rate: float, seconds: float) -> dict[str, Any]:
        """Reads records as they come, in micro-batches of a second."""
        self._create(_STEADY)
        self._emulator.change(readCallLimits=True, readByteLimits=True)
        count = round(rate * seconds)
        sender = threading.Thread(target=self._send, args=(_STEADY, self._events(count), rate))
        sender.start()
        reading = self._reader(_STEADY).read(_TRIGGER_SECONDS, lambda rows: rows >= count)
        sender.join()
        asked = activity(self._emulator, _STEADY)
        planning = sorted(reading.planning_milliseconds)
        return {
            "recordsPerSecond": rate,
            "perShardAndMinute": asked.per_shard_and_minute(SHARDS, seconds),
            "planningMs": {
                "p50": planning[len(planning) // 2],
                "p95": planning[len(planning) * 95 // 100],
            },
            "processorSecondsPerMinute": round(reading.processor_seconds * 60 / seconds, 1),
            "calls": {
                "countedByShards": asked.calls,
                "countedBySource": _calls_of_source(reading),
            },
        }

    def _read_backlog(self) -> tuple[Reading, Activity]:
        before = activity(self._emulator, _BACKLOG)
        with self._traffic():
            reading = self._reader(_BACKLOG).read(
                _TRIGGER_SECONDS, lambda rows: rows >= self._records
            )
        return reading, activity(self._emulator, _BACKLOG).since(before)

    @contextmanager
    def _traffic(self) -> Iterator[None]:
        """Keeps records coming: the end of a stream that has stopped is found in several steps."""
        ended = threading.Event()
        sender = threading.Thread(
            target=self._send,
            args=(_BACKLOG, self._events(_ENDLESS), _TRAFFIC_PER_SECOND, ended.is_set),
        )
        sender.start()
        try:
            yield
        finally:
            ended.set()
            sender.join()

    def _reader(self, stream: str) -> SourceReader:
        options = {**_OPTIONS, "streamName": stream}
        return SourceReader(self._spark, _FORMAT, options, self._spark_folder)

    def _create(self, stream: str) -> None:
        kinesis = client("kinesis", self._environment)
        kinesis.create_stream(StreamName=stream, ShardCount=SHARDS)
        kinesis.get_waiter("stream_exists").wait(
            StreamName=stream, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
        )

    def _send(
        self,
        stream: str,
        records: Iterable[SentRecord],
        rate: float,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        manifest = self._folder / f"{stream}.jsonl"
        send(records, rate, stream, self._environment, manifest, stopping)

    def _at_the_write_quota(self, records: Iterable[SentRecord]) -> Iterator[SentRecord]:
        """Advances the stand-in's clock as if each shard accepted only its quota."""
        for number, record in enumerate(records, 1):
            yield record
            if number % _RECORDS_AT_ONCE == 0:
                seconds = _RECORDS_AT_ONCE / (_WRITTEN_RECORDS_PER_SECOND * SHARDS)
                self._emulator.change(advanceSeconds=seconds)

    def _backlog_bytes(self) -> int:
        records = self._events(self._records)
        return sum(len(record.data) + len(record.partition_key) for record in records)

    def _events(self, count: int) -> Iterator[SentRecord]:
        """Returns the same `count` events each time, all with the same time."""
        return islice(self._crowd.valid("event"), count)


def _rates(reading: Reading) -> dict[str, float]:
    return {
        "recordsPerSecond": round(reading.records / reading.seconds),
        "recordsPerProcessorSecond": round(reading.records / reading.processor_seconds),
    }


def _calls_of_source(reading: Reading) -> int:
    # Calls of planning after the last progress are not in any progress.
    driver = sum(reading.driver.get(f"calls.{name}", 0) for name in _SHARD_CALLS)
    return driver + reading.tasks.get("calls", 0)
