"""A lake in a folder of this machine, for tests that need no S3."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from streaming_ml.objects import ObjectChangedError, StoredObject
from streaming_ml.storage import FoundObject


class FolderStorage:
    """Files of a folder instead of objects. Only one process at a time may write to it."""

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


def _path(uri: str) -> Path:
    return Path(urlsplit(uri).path)
