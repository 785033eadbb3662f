"""The rows of the lake, read as another team would: Parquet below an S3 prefix."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq

_COLUMNS = ["event_id", "label", "partition_key", "sequence_number", "arrival_time", "reason"]
_PARTITION = re.compile(r"/status=(?P<status>[^/]+)/.*?/batch=(?P<batch>[^/]+)/")


@dataclass(frozen=True)
class LakeRow:
    """One row of the events.

    Attributes:
        status: `valid` or `quarantined`, from the path.
        batch: Generation and number of its micro-batch, from the path.
        partition_key: Of the record it came from.
        sequence_number: Of the record it came from.
        event_id: Null in quarantine.
        label: Null where there is none.
        reason: Why it is in quarantine.
        arrival_time: When the record arrived in the stream.
    """

    status: str
    batch: str
    partition_key: str
    sequence_number: str
    event_id: str | None
    label: str | None
    reason: str | None
    arrival_time: datetime.datetime

    @property
    def record(self) -> tuple[str, str]:
        """What tells the record from every other one of the stream."""
        return self.partition_key, self.sequence_number


def read_lake(client: Any, events_uri: str) -> Iterator[LakeRow]:
    """Yields every row below `events_uri`.

    Args:
        client: boto3 client of S3.
        events_uri: `s3a://bucket/prefix` or `s3://bucket/prefix`.
    """
    parts = urlsplit(events_uri)
    prefix = parts.path.strip("/") + "/"
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=parts.netloc, Prefix=prefix)
    for page in pages:
        for item in page.get("Contents", []):
            key = item["Key"]
            # Spark writes below names that begin with a dot or an underscore until it commits.
            hidden = any(part[:1] in ("_", ".") for part in key.split("/"))
            match = _PARTITION.search("/" + key)
            if key.endswith(".parquet") and match and not hidden:
                body = client.get_object(Bucket=parts.netloc, Key=key)["Body"].read()
                yield from _rows(body, match["status"], match["batch"])


def _rows(body: bytes, status: str, batch: str) -> Iterator[LakeRow]:
    table = pq.read_table(io.BytesIO(body), columns=_COLUMNS, partitioning=None)
    for row in table.to_pylist():
        yield LakeRow(
            status=status,
            batch=batch,
            partition_key=row["partition_key"],
            sequence_number=row["sequence_number"],
            event_id=row["event_id"],
            label=row["label"],
            reason=row["reason"],
            arrival_time=row["arrival_time"],
        )
