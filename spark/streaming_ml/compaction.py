"""Rewrites closed hours into a few large files. It may be killed, or run twice, at any time.

A compaction first writes files that no manifest names, then the names of the micro-batches in
them, then the hour's manifest. Writing the manifest is one conditional write of one object, which
makes the whole compaction visible at once. Files that a killed run leaves are removed when they
are old enough. The streaming job's own files are removed only after a manifest has listed their
micro-batches for several days.
"""

from __future__ import annotations

import datetime
import json
import logging
import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from streaming_ml.history import (
    SOURCES_NAME,
    Manifest,
    batches_of,
    covered_batches,
    hours_below,
    manifest_body,
    read_manifest,
)
from streaming_ml.lake_layout import QUARANTINE_COLUMNS, Hour, LakeLocation
from streaming_ml.objects import ObjectChangedError
from streaming_ml.storage import Storage

log = logging.getLogger(__name__)

# Large enough to read efficiently, small enough for one task.
FILE_BYTES = 256 * 1024 * 1024

# A compaction that no manifest names and that is older than this was killed, and is not just slow.
_ABANDONED_AFTER = datetime.timedelta(hours=24)


class CompactionError(Exception):
    """The files that were written do not hold the rows that were read; no manifest names them."""


@dataclass(frozen=True)
class CompactionOptions:
    """How to compact.

    Attributes:
        now: The current time: hours that ended before it are closed.
        keep_days: Days that the streaming job's own files are kept after their hour was compacted.
        include_open_hours: Compact hours that have not ended, too; a later run adds the rest.
    """

    now: datetime.datetime
    keep_days: int
    include_open_hours: bool = False


@dataclass
class CompactionCounts:
    """What a run has done."""

    hours: int = 0
    rows: int = 0
    files_read: int = 0
    files_written: int = 0
    files_removed: int = 0


def compact(
    spark: SparkSession,
    storage: Storage,
    location: LakeLocation,
    columns: StructType,
    options: CompactionOptions,
) -> CompactionCounts:
    """Compacts what is new, then removes files that are no longer needed.

    Args:
        spark: The session.
        storage: Has both roots.
        location: The roots of events and history.
        columns: The lake's columns, without the partitions.
        options: How to compact.

    Raises:
        CompactionError: At least one hour could not be compacted; all others were.
    """
    counts = CompactionCounts()
    problems: list[str] = []
    hours = hours_below(storage, location.valid_uri)
    batches = {hour: batches_of(storage, location, hour) for hour in hours}
    complete = complete_batches(name for names in batches.values() for name in names)
    for hour in hours:
        if hour.end > options.now and not options.include_open_hours:
            continue
        manifest = read_manifest(storage, location, hour)
        covered = covered_batches(storage, manifest)
        new = [name for name in batches[hour] if name in complete and name not in covered]
        try:
            if new:
                _compact_hour(spark, storage, location, columns, hour, manifest, new, counts)
        except CompactionError as error:
            problems.append(str(error))
        _clean(storage, location, hour, batches[hour], options, counts)
    if problems:
        raise CompactionError(" ".join(problems))
    return counts


def complete_batches(names: Iterable[str]) -> set[str]:
    """Returns the micro-batches that can no longer change.

    A micro-batch is retried until it is committed, and only then the next one starts: every
    micro-batch that is followed by a later one of its generation is complete.
    """
    by_generation: dict[str, list[str]] = {}
    for name in names:
        by_generation.setdefault(name.rpartition("-")[0], []).append(name)
    return {name for some in by_generation.values() for name in some if name != max(some)}


def _compact_hour(
    spark: SparkSession,
    storage: Storage,
    location: LakeLocation,
    columns: StructType,
    hour: Hour,
    manifest: Manifest,
    new: list[str],
    counts: CompactionCounts,
) -> None:
    version = f"{location.compacted_uri(hour)}/version={uuid.uuid4().hex}"
    sources = [location.batch_uri(hour, name) for name in new]
    found = [one for uri in sources for one in storage.objects(uri) if _holds_rows(one.uri)]
    events = _read_batches(spark, location, columns, sources)
    expected = events.count()
    files = max(1, math.ceil(sum(one.size for one in found) / FILE_BYTES))
    events.coalesce(files).write.mode("overwrite").parquet(version)
    written = sorted(one.uri for one in storage.objects(version) if _holds_rows(one.uri))
    rows = spark.read.schema(columns).parquet(*written).count()
    if rows != expected:
        raise CompactionError(
            f"{hour.path} was not compacted: {len(new)} micro-batches hold {expected} rows, the "
            f"files in {version} hold {rows}. Its events are still read from the original files."
        )
    names = json.dumps({"rows": rows, "batches": new}, indent=1)
    storage.write(f"{version}/{SOURCES_NAME}", names.encode(), None)
    body = manifest_body([*manifest.files, *written])
    try:
        storage.write(location.manifest_uri(hour), body, manifest.tag)
    except ObjectChangedError:
        log.info("Another run has just compacted %s; this run skips it.", hour.path)
        return
    log.info("Compacted %s: %d rows, %d files from %d.", hour.path, rows, len(written), len(found))
    counts.hours += 1
    counts.rows += rows
    counts.files_read += len(found)
    counts.files_written += len(written)


def _read_batches(
    spark: SparkSession, location: LakeLocation, columns: StructType, uris: list[str]
) -> DataFrame:
    reader = spark.read.schema(columns).option("basePath", location.events_uri)
    # The folder becomes a column that says which micro-batch wrote an event.
    events = reader.parquet(*uris)
    kept = [name for name in columns.fieldNames() if name not in QUARANTINE_COLUMNS]
    return events.select(*kept, F.col("batch").cast("string"))


def _clean(
    storage: Storage,
    location: LakeLocation,
    hour: Hour,
    batches: list[str],
    options: CompactionOptions,
    counts: CompactionCounts,
) -> None:
    manifest = read_manifest(storage, location, hour)
    root = location.compacted_uri(hour)
    versions = {f"{root}/{name}" for name in storage.folders(root)}
    newest = {version: _newest(storage, version) for version in versions}
    unlisted = versions - set(manifest.versions)
    abandoned = {one for one in unlisted if options.now - newest[one] > _ABANDONED_AFTER}
    _remove(storage, sorted(abandoned), counts)
    # Only hours that still have the job's own files are visited, so those files are removed last.
    limit = options.now - datetime.timedelta(days=options.keep_days)
    if unlisted == abandoned and all(newest[one] <= limit for one in manifest.versions):
        covered = covered_batches(storage, manifest)
        held = [location.batch_uri(hour, name) for name in batches if name in covered]
        _remove(storage, held, counts)


def _newest(storage: Storage, uri: str) -> datetime.datetime:
    beginning = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return max((one.modified for one in storage.objects(uri)), default=beginning)


def _remove(storage: Storage, uris: list[str], counts: CompactionCounts) -> None:
    found = [one.uri for uri in uris for one in storage.objects(uri)]
    storage.delete(found)
    counts.files_removed += len(found)


def _holds_rows(uri: str) -> bool:
    name = uri.rpartition("/")[2]
    return name.endswith(".parquet") and name[0] not in "._"
