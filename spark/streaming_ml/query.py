"""Starts the streaming query and listens to its triggers."""

from __future__ import annotations

import datetime
import json
import logging
import threading
from collections.abc import Callable, Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.listener import (
    QueryIdleEvent,
    QueryProgressEvent,
    QueryStartedEvent,
    QueryTerminatedEvent,
    StreamingQueryListener,
)
from pyspark.sql.streaming.query import StreamingQuery

from streaming_ml.arguments import StreamingJobArguments
from streaming_ml.contract import EventContract
from streaming_ml.deduplication import drop_duplicates
from streaming_ml.events import prepare_events, records_of_stream, with_clock
from streaming_ml.former_attempt import FormerAttempts
from streaming_ml.lag import Lag, lag_of
from streaming_ml.lake import batch_name, write_batch
from streaming_ml.metrics import MetricsSink
from streaming_ml.observation import (
    batch_metrics,
    observe_rows,
    observe_unknown_fields,
    observed_figures,
)

log = logging.getLogger(__name__)


class StopAtBoundaryError(Exception):
    """Stops the query at the start of a micro-batch, before anything is written."""


class BatchWriter:
    """The `foreachBatch` function: one write per batch, and none after a stop request.

    Args:
        contract: The event contract.
        events_uri: Root of the lake's events.
        generation: Generation of the checkpoint.
        stopping: Is set when the job must end at the next batch boundary.
        former: Finds files of the first batch that another job has written and not committed.
    """

    def __init__(
        self,
        contract: EventContract,
        events_uri: str,
        generation: str,
        stopping: threading.Event,
        former: FormerAttempts,
    ) -> None:
        self._contract = contract
        self._events_uri = events_uri
        self._generation = generation
        self._stopping = stopping
        self._former = former
        self._is_first = True
        self._committed: dict[int, datetime.datetime] = {}

    def __call__(self, events: DataFrame, batch_id: int) -> None:
        """Writes one micro-batch."""
        if self._stopping.is_set():
            raise StopAtBoundaryError(f"Stopped before micro-batch {batch_id}.")
        batch = batch_name(self._generation, batch_id)
        # A batch that this job has written itself is replaced, because its contract is the same.
        left = self._former.files(batch_id, batch) if self._is_first else []
        write_batch(events, self._contract, self._events_uri, batch)
        self._former.remove(left)
        self._is_first = False
        self._committed[batch_id] = datetime.datetime.now(datetime.UTC)

    def committed_at(self, batch_id: int) -> datetime.datetime | None:
        """Returns when the batch's files became readable, and forgets the batch."""
        return self._committed.pop(batch_id, None)


class TriggerFollower(StreamingQueryListener):
    """Publishes the metrics of every batch and reports every completed trigger, also idle ones.

    Args:
        writer: Knows when a batch was committed.
        metrics: Receives the metrics.
        reasons: All quarantine reasons.
        on_trigger: Called with the last committed batch id (None before the first) and the lag of
            the source (None if it does not report it or had nothing to read).
    """

    def __init__(
        self,
        writer: BatchWriter,
        metrics: MetricsSink,
        reasons: Sequence[str],
        on_trigger: Callable[[int | None, Lag | None], None],
    ) -> None:
        self._writer = writer
        self._metrics = metrics
        self._reasons = reasons
        self._on_trigger = on_trigger
        self._last_batch: int | None = None
        self.terminated = threading.Event()

    def onQueryStarted(self, event: QueryStartedEvent) -> None:
        """Part of the interface; a start does not mean that the query works."""
        self.terminated.clear()

    def onQueryProgress(self, event: QueryProgressEvent) -> None:
        """A trigger has ended, usually with a batch."""
        progress = json.loads(event.progress.json)
        batch_id = int(progress["batchId"])
        committed_at = self._writer.committed_at(batch_id)
        observed = observed_figures(event.progress.observedMetrics)
        if committed_at is not None:
            self._last_batch = batch_id
            if observed is not None:
                self._publish(progress, observed, committed_at)
        self._on_trigger(self._last_batch, lag_of(progress))

    def _publish(
        self, progress: dict[str, object], observed: dict[str, object], at: datetime.datetime
    ) -> None:
        try:
            self._metrics.publish(batch_metrics(progress, observed, at, self._reasons))
        except Exception:
            # The events are written; missing metrics must not stop the job.
            log.exception("The metrics of batch %s could not be published.", progress["batchId"])

    def onQueryIdle(self, event: QueryIdleEvent) -> None:
        """A trigger has found nothing to read."""
        self._on_trigger(self._last_batch, None)

    def onQueryTerminated(self, event: QueryTerminatedEvent) -> None:
        """The last event of a query: all metrics were published."""
        self.terminated.set()


def build_events(
    source: DataFrame,
    secret_keys: DataFrame,
    contract: EventContract,
    arguments: StreamingJobArguments,
) -> DataFrame:
    """Returns the lake's rows of a stream: valid or refused, pseudonymised, without duplicates."""
    prepared = prepare_events(
        records_of_stream(source),
        with_clock(secret_keys),
        contract,
        key_version=arguments.key_version,
        quarantine_key_version=arguments.quarantine_key_version,
    )
    return drop_duplicates(observe_unknown_fields(prepared), arguments.deduplication_minutes)


def start_query(
    spark: SparkSession,
    events: DataFrame,
    writer: BatchWriter,
    arguments: StreamingJobArguments,
    reasons: Sequence[str],
) -> StreamingQuery:
    """Starts the query on its checkpoint; it replays batches that were not committed."""
    return (
        observe_rows(events, reasons)
        .writeStream.queryName("events")
        .foreachBatch(writer)
        .option("checkpointLocation", arguments.checkpoint_uri)
        .trigger(processingTime=f"{arguments.trigger_seconds} seconds")
        .start()
    )
