"""History: closed hours of valid events in few large files, and how to read it with what is newer.

An hour's manifest lists its compacted files, one address a line, as Hive's SymlinkTextInputFormat
wants it, so that Athena and Spark read the same list. Writing that one object makes a compaction
visible as a whole. Beside the files lie the names of the micro-batches they hold: what an hour has
beyond them is read from where the streaming job wrote it. So a reader sees every event once,
whether its hour is compacted, half compacted or not at all.
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

# Requests for small objects that are under way at the same time.
_READERS = 16

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


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


def read_manifest(storage: Storage, location: LakeLocation, hour: Hour) -> Manifest:
    """Returns an hour's manifest, an empty one where there is none."""
    stored = storage.read(location.manifest_uri(hour))
    if stored is None:
        return Manifest()
    scheme = location.history_uri.partition("://")[0]
    lines = stored.body.decode().split()
    return Manifest(tuple(_with_scheme(line, "s3", scheme) for line in lines), stored.etag)


def hours_below(storage: Storage, uri: str) -> list[Hour]:
    """Returns the hours that have something below a root of dt=/hour= folders, oldest first."""
    days = days_in(storage.folders(uri))
    found = _in_parallel(lambda dt: storage.folders(f"{uri}/{day_path(dt)}"), days)
    return [
        Hour(dt, hour) for dt, names in zip(days, found, strict=True) for hour in hours_in(names)
    ]


def batches_of(storage: Storage, location: LakeLocation, hour: Hour) -> list[str]:
    """Returns the micro-batches that the streaming job's own files hold of an hour, sorted."""
    return batches_in(storage.folders(f"{location.valid_uri}/{hour.path}"))


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
    spark: SparkSession, storage: Storage, location: LakeLocation, schema: StructType
) -> DataFrame | None:
    """Returns every valid event once: compacted hours from history, the rest as it was written.

    Args:
        spark: The session.
        storage: Where both roots lie.
        location: The roots.
        schema: Columns to read.

    Returns:
        The columns of `schema`, None when the lake holds no valid event.
    """
    # The streaming job's files first: what is compacted in between is then read from them.
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


def _in_parallel(ask: Callable[[Asked], Answer], about: Iterable[Asked]) -> list[Answer]:
    with ThreadPoolExecutor(_READERS) as pool:
        return list(pool.map(ask, about))
