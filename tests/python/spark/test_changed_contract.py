"""A job continues at its checkpoint with another contract, which also reads stored events."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame
from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.former_attempt import FormerAttempts
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation

from tests.python.spark.changed_contract import AFTER, BEFORE, CHANGED, LONG_REMARK
from tests.python.spark.conftest import Sessions
from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.stream_folder import StreamFolder

COLUMNS = lake_schema(AFTER)

# By sequence number: as producers of the old version send it, or those of the new one.
EARLY: Mapping[str, Mapping[str, Any]] = {
    "1": {"parcel": "a"},
    "2": {"parcel": "b", "remark": LONG_REMARK},
    "3": {"parcel": "c", "depot": None},
    "4": {"parcel": "d", "weight": 11},
    "5": {"parcel": "e", "crates": 3},
}
LATE: Mapping[str, Mapping[str, Any]] = {
    "6": {"parcel": "a"},
    "7": {"parcel": "f", "depot": None, "weight": 100, "crates": 3},
    "8": {"parcel": "g", "remark": LONG_REMARK},
    "9": {"parcel": "h"},
    "10": {"parcel": "c", "depot": None},
    "11": {"parcel": "d", "weight": 11},
    "12": {"parcel": "e", "crates": 3},
    "13": {"parcel": "i", "crates": 10},
}

READ = [
    ("1", None, "north", 1.5, None),
    ("10", None, None, 1.5, None),
    ("11", None, "north", 11.0, None),
    ("2", None, "north", 1.5, LONG_REMARK),
    ("5", None, "north", 1.5, None),
    ("7", 3, None, 100.0, None),
    ("9", None, "north", 1.5, None),
]


def parcels(changes: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes | None]:
    """Events with these changes, by sequence number."""
    plain = {"sender_id": "s", "packed": "2026-01-02T03:04:05Z", "depot": "north", "weight": 1.5}
    return {number: json.dumps({**plain, **one}).encode() for number, one in changes.items()}


@pytest.fixture
def before(sessions: Sessions, tmp_path: Path) -> StreamFolder:
    return StreamFolder(sessions(BEFORE), tmp_path, contract=BEFORE)


@pytest.fixture
def after(sessions: Sessions, tmp_path: Path) -> StreamFolder:
    """The same stream, lake and checkpoint."""
    return StreamFolder(sessions(AFTER), tmp_path, contract=AFTER)


def verdicts(run: StreamFolder) -> dict[str, list[str]]:
    """Every row of the lake, by sequence number: `valid`, or its reason for quarantine."""
    found: dict[str, list[str]] = {}
    for file in sorted(run.folder.joinpath("events").rglob("*.parquet")):
        for row in pq.read_table(file, partitioning=None).to_pylist():
            reason = f"{row['reason']} at {row['reason_field']}"
            status = "valid" if "status=valid" in str(file) else reason
            found.setdefault(row["sequence_number"], []).append(status)
    return found


def read(run: StreamFolder, location: LakeLocation) -> list[tuple[Any, ...]]:
    """Returns the changed columns as readers of history see them."""
    events = read_valid_events(run.spark, FolderStorage(), location, COLUMNS)
    assert isinstance(events, DataFrame)
    rows = events.select("sequence_number", *CHANGED).orderBy("sequence_number").collect()
    return [tuple(row) for row in rows]


def test_continues_at_its_checkpoint_with_another_contract(
    before: StreamFolder, after: StreamFolder
) -> None:
    before.arrive("1", parcels(EARLY))
    before.drain()
    assert verdicts(before) == {
        "1": ["valid"],
        "2": ["valid"],
        "3": ["missing_field at depot"],
        "4": ["too_large at weight"],
        "5": ["valid"],
    }
    early = verdicts(before)

    after.arrive("2", parcels(LATE))
    after.drain()
    # Accepted events are still remembered; refused ones have not used their identity.
    assert verdicts(after) == {
        **early,
        "7": ["valid"],
        "8": ["too_long at remark"],
        "9": ["valid"],
        "10": ["valid"],
        "11": ["valid"],
        "13": ["too_large at crates"],
    }
    (figures,) = after.metrics
    assert (figures.batch_id, figures.rows_in, figures.valid) == (1, 8, 4)
    assert (figures.duplicates, figures.quarantined) == (2, {"too_long": 1, "too_large": 1})

    location = LakeLocation(str(after.folder / "events"), str(after.folder / "history"))
    assert read(after, location) == READ
    # Only what has a later micro-batch can be compacted.
    after.arrive("3", parcels({"14": {"parcel": "a"}, "15": {"parcel": "j"}}))
    after.drain()
    now = datetime.datetime.now(datetime.UTC)
    options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
    counts = compact(after.spark, FolderStorage(), location, COLUMNS, options)
    assert (counts.rows, counts.files_written) == (len(READ), counts.hours)
    last = ("15", None, "north", 1.5, None)
    assert read(after, location) == sorted([*READ, last])


def test_a_micro_batch_that_was_not_committed_is_written_by_the_new_contract_alone(
    before: StreamFolder, after: StreamFolder
) -> None:
    before.arrive("1", parcels({"1": {"parcel": "a", "weight": 11}}))
    before.drain()
    assert verdicts(before) == {"1": ["too_large at weight"]}
    for name in ("0", ".0.crc"):
        before.folder.joinpath("checkpoint", "commits", name).unlink()
    # No row goes to quarantine any more that would replace the one there.
    after.drain()
    assert verdicts(after) == {"1": ["valid"]}
    assert [figures.batch_id for figures in after.metrics] == [0]


def test_a_micro_batch_without_offsets_is_not_written_again(tmp_path: Path) -> None:
    former = FormerAttempts(FolderStorage(), str(tmp_path / "events"), str(tmp_path))
    with pytest.raises(FileNotFoundError) as caught:
        former.files(3, "g1-000000000003")
    assert str(caught.value) == (
        f"{tmp_path}/offsets/3 is missing, although Spark has planned the micro-batch. Without "
        "it the "
        "files of an earlier attempt cannot be found. Restore it from an older version of the "
        "object."
    )
