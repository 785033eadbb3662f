"""Objects below a prefix, for jobs that must look before they read: on S3, or in a local folder.

Spark's own file systems list one folder at a time and know no conditional write.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from streaming_ml.objects import ControlObject, ObjectChangedError, StoredObject

# Most keys that one DeleteObjects call takes (S3 API reference).
_DELETED_AT_ONCE = 1000


@dataclass(frozen=True)
class FoundObject:
    """An object as a listing shows it."""

    uri: str
    size: int
    modified: datetime.datetime


class Storage(Protocol):
    """What compaction and the readers of history need of a store."""

    def folders(self, uri: str) -> list[str]:
        """Returns the names directly below `uri` that have something below them, sorted."""

    def objects(self, uri: str) -> Iterator[FoundObject]:
        """Yields every object below `uri`, however deep."""

    def read(self, uri: str) -> StoredObject | None:
        """Returns an object, None where there is none."""

    def write(self, uri: str, body: bytes, replacing: str | None) -> None:
        """Writes an object as a whole, on condition that it is still what `replacing` says.

        Args:
            uri: Where to.
            body: Whole content.
            replacing: Tag of the version to replace; None where there must be none yet.

        Raises:
            ObjectChangedError: Somebody else wrote it.
        """

    def delete(self, uris: Iterable[str]) -> None:
        """Removes objects; one that is gone already is fine."""


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
            for start in range(0, len(keys), _DELETED_AT_ONCE):
                some = [{"Key": key} for key in keys[start : start + _DELETED_AT_ONCE]]
                answer = self._client.delete_objects(
                    Bucket=bucket, Delete={"Objects": some, "Quiet": True}
                )
                refused = answer.get("Errors", [])
                if refused:
                    raise OSError(
                        f"S3 refused to delete {len(refused)} objects, the first one "
                        f"s3://{bucket}/{refused[0]['Key']}: {refused[0].get('Message')}"
                    )


class FolderStorage:
    """Files of a local folder, for a lake on one machine. One process at a time writes to it."""

    def folders(self, uri: str) -> list[str]:
        """See `Storage`."""
        folder = _path(uri)
        return sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []

    def objects(self, uri: str) -> Iterator[FoundObject]:
        """See `Storage`."""
        for path in sorted(_path(uri).rglob("*")):
            if path.is_file():
                status = path.stat()
                modified = datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC)
                name = path.relative_to(_path(uri)).as_posix()
                yield FoundObject(f"{uri}/{name}", status.st_size, modified)

    def read(self, uri: str) -> StoredObject | None:
        """See `Storage`."""
        path = _path(uri)
        if not path.is_file():
            return None
        body = path.read_bytes()
        return StoredObject(body, hashlib.sha256(body).hexdigest())

    def write(self, uri: str, body: bytes, replacing: str | None) -> None:
        """See `Storage`."""
        found = self.read(uri)
        if (found.etag if found else None) != replacing:
            raise ObjectChangedError(f"{uri} was changed by another writer.")
        path = _path(uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        unfinished.write_bytes(body)
        unfinished.replace(path)

    def delete(self, uris: Iterable[str]) -> None:
        """See `Storage`."""
        for uri in uris:
            path = _path(uri)
            path.unlink(missing_ok=True)
            # A folder exists on S3 only while something is in it.
            for parent in path.parents:
                try:
                    parent.rmdir()
                except OSError:
                    break


def open_storage(uri: str, region: str) -> Storage:
    """Returns the store that `uri` lies in.

    Args:
        uri: `s3a://` or `s3://` address, or a local path with or without `file:`.
        region: AWS region of the bucket.
    """
    if urlsplit(uri).scheme in ("s3", "s3a"):
        import boto3

        return S3Storage(boto3.client("s3", region_name=region))
    return FolderStorage()


def _address(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.netloc, parts.path.strip("/")


def _path(uri: str) -> Path:
    return Path(urlsplit(uri).path)
