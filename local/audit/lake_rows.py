"""Reads the rows of the lake as another team would: Parquet below an S3 prefix."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from local.audit.identities import LakeIdentities
from local.audit.parquet_rows import parquet_rows
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import Trace, verdict

_COLUMNS = [
    "key_version",
    "partition_key",
    "sequence_number",
    "arrival_time",
    "reason",
    "reason_field",
]
_PARTITION = re.compile(r"/status=(?P<status>[^/]+)/.*?/batch=(?P<batch>[^/]+)/")


@dataclass(frozen=True)
class LakeRow:
    """One row of the events.

    Attributes:
        status: `valid` or `quarantined`, from the path.
        batch: Generation and number of its micro-batch, from the path.
        partition_key: Of its record, decrypted; None for a valid row.
        sequence_number: Of its record.
        identity: Identity of its event; None in quarantine.
        label: None if there is none.
        reason: Reason of the quarantine.
        reason_field: Path of the field with the error, if it is one of a field.
        arrival_time: When the record arrived in the stream.
    """

    status: str
    batch: str
    partition_key: str | None
    sequence_number: str
    identity: tuple[str, ...] | None
    label: str | None
    reason: str | None
    reason_field: str | None
    arrival_time: datetime.datetime

    @property
    def record(self) -> Trace:
        """Identifies its record: see `SentRecord.traces`."""
        name = self.identity if self.status == "valid" else (self.partition_key,)
        return self.status, name or (None,), self.sequence_number

    @property
    def verdict(self) -> str:
        """Its status, or the reason of its quarantine."""
        return self.status if self.reason is None else verdict(self.reason, self.reason_field)


class LakeReader:
    """Reads the rows below `events_uri`, every file only once.

    Args:
        client: boto3 client of S3.
        events_uri: `s3a://bucket/prefix` or `s3://bucket/prefix`.
        keys: Decrypt quarantined records.
        identities: Read identities and labels.
    """

    def __init__(
        self, client: Any, events_uri: str, keys: QuarantineKeys, identities: LakeIdentities
    ) -> None:
        parts = urlsplit(events_uri)
        self._client = client
        self._keys = keys
        self._identities = identities
        self._bucket = parts.netloc
        self._prefix = parts.path.strip("/") + "/"
        self._files: dict[tuple[str, str], list[LakeRow]] = {}

    def rows(self) -> Iterator[LakeRow]:
        """Yields all current rows.

        A file that is deleted while the lake is read, as a replayed micro-batch does, is skipped.
        """
        files = {}
        for key, etag, status, batch in self._listed():
            rows = self._files.get((key, etag))
            if rows is None:
                rows = self._read(key, status, batch)
            if rows is not None:
                files[(key, etag)] = rows
        self._files = files
        for rows in files.values():
            yield from rows

    def _listed(self) -> Iterator[tuple[str, str, str, str]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix
        )
        for page in pages:
            for item in page.get("Contents", []):
                key = item["Key"]
                # Before a commit, Spark writes to names that begin with a dot or an underscore.
                hidden = any(part[:1] in ("_", ".") for part in key.split("/"))
                match = _PARTITION.search("/" + key)
                if key.endswith(".parquet") and match and not hidden:
                    yield key, item["ETag"], match["status"], match["batch"]

    def _read(self, key: str, status: str, batch: str) -> list[LakeRow] | None:
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except self._client.exceptions.NoSuchKey:
            return None
        return list(self._rows(body, status, batch))

    def _rows(self, body: bytes, status: str, batch: str) -> Iterator[LakeRow]:
        columns = [*_COLUMNS, *self._identities.columns]
        for row in parquet_rows(body, columns):
            key = row["partition_key"]
            yield LakeRow(
                status=status,
                batch=batch,
                partition_key=key and self._keys.decrypt_text(key, row["key_version"]),
                sequence_number=row["sequence_number"],
                identity=self._identities.of_row(row) if status == "valid" else None,
                label=self._identities.label_of_row(row),
                reason=row["reason"],
                reason_field=row["reason_field"],
                arrival_time=row["arrival_time"],
            )


def read_lake(
    client: Any, events_uri: str, keys: QuarantineKeys, identities: LakeIdentities
) -> Iterator[LakeRow]:
    """Yields every row below `events_uri`: `s3a://bucket/prefix` or `s3://bucket/prefix`."""
    return LakeReader(client, events_uri, keys, identities).rows()
