"""Objects on S3, for jobs that list them before they read, and write them on a condition.

Spark's own file systems list one folder at a time and have no conditional write.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import boto3

from streaming_ml.objects import ControlObject, StoredObject

# Maximum number of keys of a DeleteObjects call (S3 API reference).
_MAXIMUM_KEYS_PER_DELETE = 1000


@dataclass(frozen=True)
class FoundObject:
    """An object as a listing returns it."""

    uri: str
    size: int
    modified: datetime.datetime


class Storage(Protocol):
    """What the jobs need of an object store."""

    def folders(self, uri: str) -> list[str]:
        """Returns the folders directly below `uri`, sorted."""

    def objects(self, uri: str) -> Iterator[FoundObject]:
        """Yields every object below `uri`, at any depth."""

    def read(self, uri: str) -> StoredObject | None:
        """Returns an object; None if there is none."""

    def write(self, uri: str, body: bytes, replacing: str | None) -> None:
        """Writes an object on the condition that its version is still `replacing`.

        Args:
            uri: Address of the object.
            body: The whole content.
            replacing: ETag of the version to replace; None: the object must not exist yet.

        Raises:
            ObjectChangedError: Another writer has changed it.
        """

    def delete(self, uris: Iterable[str]) -> None:
        """Deletes objects; objects that do not exist are ignored."""


class S3Storage:
    """Objects on S3.

    Args:
        client: boto3 client of S3.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def folders(self, uri: str) -> list[str]:
        """See `Storage`."""
        bucket, prefix = _address(uri)
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=bucket, Prefix=f"{prefix}/", Delimiter="/"
        )
        found = [item["Prefix"] for page in pages for item in page.get("CommonPrefixes", [])]
        return sorted(name[len(prefix) + 1 : -1] for name in found)

    def objects(self, uri: str) -> Iterator[FoundObject]:
        """See `Storage`."""
        bucket, prefix = _address(uri)
        root = uri[: len(uri) - len(prefix)] if prefix else f"{uri}/"
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=bucket, Prefix=f"{prefix}/"
        )
        for page in pages:
            for item in page.get("Contents", []):
                yield FoundObject(root + item["Key"], item["Size"], item["LastModified"])

    def read(self, uri: str) -> StoredObject | None:
        """See `Storage`."""
        return ControlObject(self._client, uri).read()

    def write(self, uri: str, body: bytes, replacing: str | None) -> None:
        """See `Storage`."""
        ControlObject(self._client, uri).write(body, replacing)

    def delete(self, uris: Iterable[str]) -> None:
        """See `Storage`."""
        by_bucket: dict[str, list[str]] = {}
        for uri in uris:
            bucket, key = _address(uri)
            by_bucket.setdefault(bucket, []).append(key)
        for bucket, keys in by_bucket.items():
            for start in range(0, len(keys), _MAXIMUM_KEYS_PER_DELETE):
                some = [{"Key": key} for key in keys[start : start + _MAXIMUM_KEYS_PER_DELETE]]
                answer = self._client.delete_objects(
                    Bucket=bucket, Delete={"Objects": some, "Quiet": True}
                )
                refused = answer.get("Errors", [])
                if refused:
                    raise OSError(
                        f"S3 refused to delete {len(refused)} objects, the first one "
                        f"s3://{bucket}/{refused[0]['Key']}: {refused[0].get('Message')}"
                    )


def open_storage(region: str) -> S3Storage:
    """Returns S3 as the default credentials reach it.

    Args:
        region: AWS region of the buckets.
    """
    return S3Storage(boto3.client("s3", region_name=region))


def _address(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.netloc, parts.path.strip("/")
