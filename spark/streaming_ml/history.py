"""History: closed hours of valid events in few large files, and how to read it with what is newer.

An hour's manifest lists its compacted files, one address a line, as Hive's SymlinkTextInputFormat
wants it, so that Athena and Spark read the same list. Writing that one object makes a compaction
visible as a whole. Beside the files lie the names of the micro-batches they hold: what an hour has
beyond them is read from where the streaming job wrote it. So a reader sees every event once,
whether its hour is compacted, half compacted or not at all.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from streaming_ml.storage import Storage

MANIFEST_NAME = "manifest.txt"
SOURCES_NAME = "_sources.json"

# Requests for small objects that are under way at the same time.
_READERS = 16

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True, order=True)
class Hour:
    """An hour of the lake, named as its partitions are: dt YYYY-MM-DD, hour two digits, UTC."""

    dt: str
    hour: str

    @property
    def path(self) -> str:
        """Its folders below a root."""
        return f"dt={self.dt}/hour={self.hour}"

    @property
    def end(self) -> datetime.datetime:
        """The first moment after it."""
        day = datetime.datetime.strptime(self.dt, "%Y-%m-%d").replace(tzinfo=datetime.UTC)
        return day + datetime.timedelta(hours=int(self.hour) + 1)


@dataclass(frozen=True)
class Places:
    """Where events and history lie.

    Attributes:
        events_uri: Root that the streaming job writes below.
        history_uri: Root of the compacted form.
    """

    events_uri: str
    history_uri: str

    @property
    def valid_uri(self) -> str:
        """Root of the valid events."""
        return f"{self.events_uri}/status=valid"

    @property
    def manifests_uri(self) -> str:
        """Root of the manifests."""
        return f"{self.history_uri}/manifests"

    def batch_uri(self, hour: Hour, batch: str) -> str:
        """What one micro-batch wrote."""
        return f"{self.valid_uri}/{hour.path}/batch={batch}"

    def manifest_uri(self, hour: Hour) -> str:
        """The manifest of an hour."""
        return f"{self.manifests_uri}/{hour.path}/{MANIFEST_NAME}"

    def data_uri(self, hour: Hour) -> str:
        """Root of an hour's compacted files, those of unfinished compactions included."""
        return f"{self.history_uri}/data/{hour.path}"


@dataclass(frozen=True)
class Manifest:
    """What history holds of one hour.

    Attributes:
        files: Addresses as the reader's Spark wants them.
        tag: Names this version of the manifest for a conditional write; None where there is none.
    """

    files: tuple[str, ...] = ()
    tag: str | None = None

    @property
    def versions(self) -> list[str]:
        """Folders of the compactions that its files come from."""
        return sorted({file.rpartition("/")[0] for file in self.files})


def manifest_body(files: Iterable[str]) -> bytes:
    """Returns the text of a manifest. Athena knows S3 by `s3://` only."""
    return "".join(f"{_with_scheme(file, 's3a', 's3')}\n" for file in files).encode()


def read_manifest(storage: Storage, places: Places, hour: Hour) -> Manifest:
    """Returns an hour's manifest, an empty one where there is none."""
    stored = storage.read(places.manifest_uri(hour))
    if stored is None:
        return Manifest()
    scheme = places.history_uri.partition("://")[0]
    lines = stored.body.decode().split()
    return Manifest(tuple(_with_scheme(line, "s3", scheme) for line in lines), stored.etag)


def hours_below(storage: Storage, uri: str) -> list[Hour]:
    """Returns the hours that have something below a root of dt=/hour= folders, oldest first."""
    days = _values(storage.folders(uri), "dt")
    found = _in_parallel(lambda dt: storage.folders(f"{uri}/dt={dt}"), days)
    return [
        Hour(dt, hour)
        for dt, names in zip(days, found, strict=True)
        for hour in _values(names, "hour")
    ]


def batches_of(storage: Storage, places: Places, hour: Hour) -> list[str]:
    """Returns the micro-batches that the streaming job's own files hold of an hour, sorted."""
    return _values(storage.folders(f"{places.valid_uri}/{hour.path}"), "batch")


def covered_batches(storage: Storage, manifest: Manifest) -> set[str]:
    """Returns the micro-batches that are in the compacted files of a manifest."""
    covered: set[str] = set()
    for version in manifest.versions:
        sources = storage.read(f"{version}/{SOURCES_NAME}")
        if sources is None:
            raise FileNotFoundError(
                f"{version}/{SOURCES_NAME} is missing, so nobody can say which micro-batches the "
                "files beside it hold. Bring it back from the bucket's older versions."
            )
        covered.update(json.loads(sources.body)["batches"])
    return covered


def read_valid_events(
    spark: SparkSession, storage: Storage, places: Places, schema: StructType
) -> DataFrame | None:
    """Returns every valid event once: compacted hours from history, the rest as it was written.

    Args:
        spark: The session.
        storage: Where both roots lie.
        places: The roots.
        schema: Columns to read.

    Returns:
        The columns of `schema`, None when the lake holds no valid event.
    """
    # The streaming job's files first: what is compacted in between is then read from them.
    written = hours_below(storage, places.valid_uri)
    batches = dict(
        zip(written, _in_parallel(lambda h: batches_of(storage, places, h), written), strict=True)
    )
    compacted = hours_below(storage, places.manifests_uri)
    manifests = dict(
        zip(
            compacted,
            _in_parallel(lambda h: read_manifest(storage, places, h), compacted),
            strict=True,
        )
    )
    fresh: list[str] = []
    for hour in written:
        if hour in manifests:
            covered = covered_batches(storage, manifests[hour])
            missing = [batch for batch in batches[hour] if batch not in covered]
            fresh += [places.batch_uri(hour, batch) for batch in missing]
        else:
            fresh.append(f"{places.valid_uri}/{hour.path}")
    files = [file for manifest in manifests.values() for file in manifest.files]
    reader = spark.read.schema(schema).option("basePath", places.events_uri)
    frames = [reader.parquet(*fresh)] if fresh else []
    frames += [spark.read.schema(schema).parquet(*files)] if files else []
    columns = schema.fieldNames()
    selected = [frame.select(*columns) for frame in frames]
    if not selected:
        return None
    return selected[0] if len(selected) == 1 else selected[0].unionByName(selected[1])


def _values(names: Iterable[str], key: str) -> list[str]:
    prefix = f"{key}="
    return [name[len(prefix) :] for name in names if name.startswith(prefix)]


def _with_scheme(uri: str, known: str, wanted: str) -> str:
    start = f"{known}://"
    return f"{wanted}://{uri[len(start) :]}" if uri.startswith(start) else uri


def _in_parallel(ask: Callable[[Asked], Answer], about: Iterable[Asked]) -> list[Answer]:
    with ThreadPoolExecutor(_READERS) as pool:
        return list(pool.map(ask, about))
