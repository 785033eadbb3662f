"""Puts records on the stream at a set rate and writes down which, for the audit."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from local.events.sent_record import SentRecord
from tests.python.streaming_run.resources import client

_MOST_RECORDS_PER_CALL = 500
_SLICE_SECONDS = 0.1


def send(
    records: Iterable[SentRecord],
    rate: float,
    stream: str,
    environment: Mapping[str, str],
    manifest: Path,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Sends `records`, `rate` of them a second, until they or the patience are used up.

    Args:
        records: In the order they are sent.
        rate: Records a second.
        stream: Name of the data stream.
        environment: Leads boto3 to the stream.
        manifest: Gets one JSON line per record that the stream took.
        stopping: Asked before every call.

    Returns:
        How many were sent.
    """
    kinesis = client("kinesis", environment)
    sent = 0
    start = time.monotonic()
    iterator = iter(records)
    with manifest.open("a", encoding="utf-8") as file:
        while not stopping():
            due = int((time.monotonic() - start) * rate) + 1 - sent
            batch = list(islice(iterator, max(0, min(due, _MOST_RECORDS_PER_CALL))))
            if due > 0 and not batch:
                break
            if batch:
                for line in _put(kinesis, stream, batch):
                    file.write(json.dumps(line) + "\n")
                file.flush()
                sent += len(batch)
            if due < _MOST_RECORDS_PER_CALL:
                time.sleep(_SLICE_SECONDS)
    return sent


def _put(kinesis: object, stream: str, batch: Sequence[SentRecord]) -> Iterator[dict[str, object]]:
    answer = kinesis.put_records(  # type: ignore[attr-defined]
        StreamName=stream,
        Records=[{"Data": record.data, "PartitionKey": record.partition_key} for record in batch],
    )
    for record, result in zip(batch, answer["Records"], strict=True):
        if "SequenceNumber" not in result:
            raise RuntimeError(f"The stream refused a record: {result.get('ErrorMessage')}")
        yield {
            "partitionKey": record.partition_key,
            "sequenceNumber": result["SequenceNumber"],
            "identity": record.identity,
            "expected": record.expected,
            "reasonField": record.reason_field,
            "label": record.label,
        }
