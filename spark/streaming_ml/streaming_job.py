"""The streaming job: session, keys, lock, query, supervision."""

from __future__ import annotations

import logging
import os
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.query import StreamingQuery

from streaming_ml.arguments import CONNECTOR_SOURCE, StreamingJobArguments
from streaming_ml.connector_check import connector_problem, shard_syncer_methods
from streaming_ml.contract import EventContract, load_contract
from streaming_ml.core_dumps import forbid_core_dumps
from streaming_ml.driver_facts import log_driver_facts
from streaming_ml.driver_process import DriverProcess, identify
from streaming_ml.former_attempt import FormerAttempts
from streaming_ml.heartbeat import Heartbeat
from streaming_ml.java_classes import remember_classes
from streaming_ml.lag import Lag
from streaming_ml.lock import JobLock, LockHeldError, LockUnreadableError
from streaming_ml.lock_content import LockState
from streaming_ml.metrics import CloudWatchMetrics, FileMetrics, MetricsSink
from streaming_ml.objects import ControlObject
from streaming_ml.quarantine_reasons import load_quarantine_reasons
from streaming_ml.query import BatchWriter, TriggerFollower, build_events, start_query
from streaming_ml.reading import use_contract
from streaming_ml.secret_key import read_hash_key, read_quarantine_key
from streaming_ml.secret_key_columns import secret_key_row
from streaming_ml.session import build_session
from streaming_ml.sources import load_stream
from streaming_ml.storage import S3Storage, Storage
from streaming_ml.supervision import Ending, RestartBudget, supervise

log = logging.getLogger(__name__)

# How long to wait for the metrics of the last batch.
_LAST_EVENTS_SECONDS = 15


class _SupervisedQuery:
    """Spark's query, with the methods that `supervise` calls."""

    def __init__(self, query: StreamingQuery, stopping: threading.Event) -> None:
        self._query = query
        self._stopping = stopping

    def wait(self, seconds: float) -> bool:
        # The JVM accepts whole seconds only.
        del seconds
        return bool(self._query.awaitTermination(1))

    def stop_at_boundary(self) -> None:
        # The writer refuses the next batch. Between two triggers, stopping interrupts nothing.
        self._stopping.set()
        if not self._query.status["isTriggerActive"]:
            self._query.stop()


def run(arguments: StreamingJobArguments) -> int:
    """Runs the job until it is stopped or fails; returns the exit code of the process."""
    spark = build_session("streaming-job", arguments.source)
    remember_classes(spark)
    try:
        return _run_in(spark, arguments)
    finally:
        spark.stop()


def _run_in(spark: SparkSession, arguments: StreamingJobArguments) -> int:
    session = boto3.Session(region_name=arguments.region)
    s3 = session.client("s3")
    storage = S3Storage(s3)
    contract = load_contract(storage, arguments.contract_uri)
    use_contract(spark, contract)
    log_driver_facts(spark)
    marker = ControlObject(s3, arguments.stop_uri)
    lock = JobLock(
        ControlObject(s3, arguments.lock_uri),
        LockState(
            owner=str(uuid.uuid4()),
            applicationId=spark.sparkContext.applicationId,
            specHash=arguments.spec_hash,
            state="starting",
            driver=_driver_process(spark),
        ),
    )
    forbid_core_dumps([0, *_java_process_ids(spark)])
    secret_keys = _read_secret_keys(spark, session, arguments)
    try:
        former = lock.acquire()
    except (LockHeldError, LockUnreadableError) as error:
        log.error("%s", error)
        return 1
    if former is None or former.applicationId != spark.sparkContext.applicationId:
        # An older marker was meant for another application. A new attempt of the same application
        # still obeys it.
        marker.delete()
    problem = _source_problem(spark, arguments.source)
    if problem is not None:
        log.error("%s", problem)
        return _end(lock, marker, Ending.FAILED, problem)
    with Heartbeat(lock, marker) as heartbeat:
        ending, reason = _stream(
            spark, arguments, contract, storage, secret_keys, lock, heartbeat, session
        )
    return _end(lock, marker, ending, reason)


def _read_secret_keys(
    spark: SparkSession, session: boto3.Session, arguments: StreamingJobArguments
) -> DataFrame:
    secrets = session.client("secretsmanager")
    return secret_key_row(
        spark,
        read_hash_key(secrets, arguments.hash_key_secret),
        read_quarantine_key(
            secrets, arguments.quarantine_key_secret, arguments.quarantine_key_version
        ),
    )


def _source_problem(spark: SparkSession, source: str) -> str | None:
    """Returns why the source must not be read, in one sentence; None if it may be."""
    java = spark.sparkContext._jvm
    if source != CONNECTOR_SOURCE or java is None:
        return None
    utilities: Any = java.org.apache.spark.util.Utils
    methods = shard_syncer_methods(utilities.getContextOrSparkClassLoader())
    return None if methods is None else connector_problem(methods)


def _driver_process(spark: SparkSession) -> DriverProcess | None:
    # Not this process: the JVM runs the query, and may outlive its Python process for a while.
    ids = _java_process_ids(spark)
    return identify(ids[0]) if ids else None


def _java_process_ids(spark: SparkSession) -> list[int]:
    java = spark.sparkContext._jvm
    return [] if java is None else [java.java.lang.ProcessHandle.current().pid()]


def _stream(
    spark: SparkSession,
    arguments: StreamingJobArguments,
    contract: EventContract,
    storage: Storage,
    secret_keys: DataFrame,
    lock: JobLock,
    heartbeat: Heartbeat,
    session: boto3.Session,
) -> tuple[Ending, str | None]:
    stopping = threading.Event()
    reasons = load_quarantine_reasons()
    former = FormerAttempts(storage, arguments.events_uri, arguments.checkpoint_uri)
    writer = BatchWriter(contract, arguments.events_uri, arguments.generation, stopping, former)
    follower = TriggerFollower(
        writer, _metrics_sink(arguments, session), reasons, _trigger_reporter(lock)
    )
    spark.streams.addListener(follower)

    def start() -> _SupervisedQuery:
        source = load_stream(spark, arguments, os.environ)
        events = build_events(source, secret_keys, contract, arguments)
        return _SupervisedQuery(start_query(spark, events, writer, arguments, reasons), stopping)

    outcome = supervise(
        start,
        RestartBudget(arguments.restarts),
        heartbeat.stop_requested.is_set,
        heartbeat.lock_lost.is_set,
        on_restart=lambda reason: lock.note(reason=reason),
    )
    # The metrics of the last batch reach the listener after the batch has ended.
    follower.terminated.wait(_LAST_EVENTS_SECONDS)
    spark.streams.removeListener(follower)
    return outcome


def _trigger_reporter(lock: JobLock) -> Callable[[int | None, Lag | None], None]:
    def on_trigger(last_batch: int | None, lag: Lag | None) -> None:
        completed = lock.state.completedTriggers + 1
        changes = {
            "state": "running",
            "batchId": last_batch,
            "completedTriggers": completed,
            "reason": None,
            "behindSeconds": None if lag is None else lag.seconds,
            "behindShard": None if lag is None else lag.shard,
        }
        # The first trigger means that the job is ready: it is written at once, others later.
        report = lock.write if completed == 1 else lock.note
        try:
            report(**changes)
        except Exception as error:
            log.warning("The lock could not be written; the next heartbeat will: %s", error)

    return on_trigger


def _metrics_sink(arguments: StreamingJobArguments, session: boto3.Session) -> MetricsSink:
    if arguments.metrics_kind == "file":
        return FileMetrics(Path(arguments.metrics_target))
    client = session.client("cloudwatch")
    return CloudWatchMetrics(client, arguments.metrics_target, arguments.stream)


def _end(lock: JobLock, marker: ControlObject, ending: Ending, reason: str | None) -> int:
    if ending is Ending.LOCK_LOST:
        return 1
    # Once the job has ended, its lag is unknown.
    lock.note(behindSeconds=None, behindShard=None)
    if ending is Ending.FAILED:
        lock.write(state="failed", reason=reason)
        return 1
    lock.write(state="stopped")
    marker.delete()
    log.info("Stopped at a batch boundary, after micro-batch %s.", lock.state.batchId)
    return 0
