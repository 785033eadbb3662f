"""History: closed hours of valid events in a few large files, read together with newer events.

The manifest of an hour lists its compacted files, one address per line, in the format of Hive's
SymlinkTextInputFormat, so that Athena and Spark read the same list. Writing this one object makes a
whole compaction visible. A file beside the compacted files names the micro-batches in them; all
other micro-batches of the hour are read from the streaming job's own files. So a reader sees every
event once, whether its hour is compacted, partly compacted or not compacted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from streaming_ml.lake_layout import (
    Hour,
    LakeLocation,
    batches_in,
    day_path,
    days_in,
    hours_in,
)
from streaming_ml.storage import Storage

SOURCES_NAME = "_sources.json"

# Concurrent requests for small objects.
_CONCURRENT_READS = 16

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Manifest:
    """The manifest of one hour.

    Attributes:
        files: Addresses of the compacted files, in the form that Spark reads.
        tag: ETag of this version, for a conditional write; None without a manifest.
    """

    files: tuple[str, ...] = ()
    tag: str | None = None

    @property
    def versions(self) -> list[str]:
        """Folders of the compactions that wrote its files."""
        return sorted({file.rpartition("/")[0] for file in self.files})


def manifest_body(files: Iterable[str]) -> bytes:
    """Returns the text of a manifest. Athena accepts `s3://` only."""
    return "".join(f"{_with_scheme(file, 's3a', 's3')}\n" for file in files).encode()


def read_manifest(storage: Storage, location: LakeLocation, hour: Hour) -> Manifest:
    """Returns an hour's manifest; an empty one if there is none."""
    stored = storage.read(location.manifest_uri(hour))
    if stored is None:
        return Manifest()
    scheme = location.history_uri.partition("://")[0]
    lines = stored.body.decode().split()
    return Manifest(tuple(_with_scheme(line, "s3", scheme) for line in lines), stored.etag)


def hours_below(storage: Storage, uri: str) -> list[Hour]:
    """Returns the hours below a root that are not empty, oldest first."""
    days = days_in(storage.folders(uri))
    found = _in_parallel(lambda dt: storage.folders(f"{uri}/{day_path(dt)}"), days)
    return [
        Hour(dt, hour) for dt, names in zip(days, found, strict=True) for hour in hours_in(names)
    ]


def batches_of(storage: Storage, location: LakeLocation, hour: Hour) -> list[str]:
    """Returns the micro-batches of an hour that the streaming job's own files have, sorted."""
    return batches_in(storage.folders(f"{location.valid_uri}/{hour.path}"))


def covered_batches(storage: Storage, manifest: Manifest) -> set[str]:
    """Returns the micro-batches that are in the compacted files of a manifest."""
    covered: set[str] = set()
    for version in manifest.versions:
        sources = storage.read(f"{version}/{SOURCES_NAME}")
        if sources is None:
            raise FileNotFoundError(
                f"{version}/{SOURCES_NAME} is missing. Without it the micro-batches in the files "
                "beside it are unknown. Restore it from an older version of the object."
            )
        covered.update(json.loads(sources.body)["batches"])
    return covered


def read_valid_events(
    spark: SparkSession, storage: Storage, location: LakeLocation, schema: StructType
) -> DataFrame | None:
    """Returns every valid event once: from history where it is compacted, else from its own file.

    Args:
        spark: The session.
        storage: Has both roots.
        location: The roots of events and history.
        schema: Columns to read.

    Returns:
        The columns of `schema`; None if the lake has no valid event.
    """
    # The streaming job's files are listed first: a later compaction then changes nothing.
    written = hours_below(storage, location.valid_uri)
    batches = dict(
        zip(written, _in_parallel(lambda h: batches_of(storage, location, h), written), strict=True)
    )
    compacted = hours_below(storage, location.manifests_uri)
    manifests = dict(
        zip(
            compacted,
            _in_parallel(lambda h: read_manifest(storage, location, h), compacted),
            strict=True,
        )
    )
    fresh: list[str] = []
    for hour in written:
        if hour in manifests:
            covered = covered_batches(storage, manifests[hour])
            missing = [batch for batch in batches[hour] if batch not in covered]
            fresh += [location.batch_uri(hour, batch) for batch in missing]
        else:
            fresh.append(f"{location.valid_uri}/{hour.path}")
    files = [file for manifest in manifests.values() for file in manifest.files]
    reader = spark.read.schema(schema).option("basePath", location.events_uri)
    frames = [reader.parquet(*fresh)] if fresh else []
    frames += [spark.read.schema(schema).parquet(*files)] if files else []
    columns = schema.fieldNames()
    selected = [frame.select(*columns) for frame in frames]
    if not selected:
        return None
    return selected[0] if len(selected) == 1 else selected[0].unionByName(selected[1])


def _with_scheme(uri: str, known: str, wanted: str) -> str:
    start = f"{known}://"
    return f"{wanted}://{uri[len(start) :]}" if uri.startswith(start) else uri


def _in_parallel(request: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
    with ThreadPoolExecutor(_CONCURRENT_READS) as pool:
        return list(pool.map(request, items))
