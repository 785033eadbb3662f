"""A lake that the job has filled with hostile records."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from streaming_ml.lake_layout import LakeLocation

from tests.python.spark.conftest import compact as plain
from tests.python.spark.hostile_records import colliding_names, events
from tests.python.spark.stream_folder import StreamFolder

ANY = "any"
EVENTS = 250
ROWS_ONE_AFTER_ANOTHER = 20_000
LABELLED = 200
NAMES = colliding_names(1024)
MIB = 1024 * 1024
LONGEST_PARTITION_KEY = "\U0001f511" * 256
TEXTS = {
    "two halves": "\U0001f600",
    "no character": "\uffff\ufffe",
    "nothing but NUL": "\0",
    "nothing but a separator": "\x1c",
    "more than two lines": "a\u2028b\u0085c",
}


def crafted() -> dict[str, tuple[str | None, bytes | None]]:
    """Records by name, each with the reason it must be refused for, None where it is valid."""

    def moment(text: str) -> bytes:
        return plain(event_id=text, created_at=text)

    def escaped(name: str, sequence: bytes) -> bytes:
        event_id = f"{name} {sequence!r}"
        return plain(**{"event_id": event_id, name: "X"}).replace(b'"X"', b'"' + sequence + b'"')

    def labelled(name: str) -> bytes:
        return plain(event_id=name, text=TEXTS[name], label="neutral")

    return {
        "no record at all": ("not_json", None),
        "a record of no bytes": ("not_json", b""),
        "the first moment": (None, moment("1900-01-01T00:00:00Z")),
        "the moment before it": (
            "not_a_date_time at created_at",
            moment("1899-12-31T23:59:59.999999Z"),
        ),
        "another zone's first": (
            "not_a_date_time at created_at",
            moment("1900-01-01T00:00:00+00:01"),
        ),
        "another zone's last year": (None, moment("1899-12-31T23:59:00-00:01")),
        "before Gregory": ("not_a_date_time at created_at", moment("1582-10-14T00:00:00Z")),
        "year 0": ("not_a_date_time at created_at", moment("0000-01-01T00:00:00+18:00")),
        "the last moment": ("in_future at created_at", moment("9999-12-31T23:59:59-18:00")),
        "names that collide": (None, plain(event_id="c")[:-1] + b"," + NAMES.encode() + b"}"),
        "names that collide, not an event": (
            "missing_field at event_id",
            b"{" + NAMES.encode() + b"}",
        ),
        "half a pair in a text": ("not_unicode at text", escaped("text", rb"\ud800")),
        "the halves the wrong way round": (
            "not_unicode at user_id",
            escaped("user_id", rb"\udc00\ud800"),
        ),
        "two halves": (None, escaped("text", rb"\ud83d\ude00")),
        "no character": (None, escaped("text", rb"\uffff\ufffe")),
        "nothing but NUL": (None, labelled("nothing but NUL")),
        "nothing but a separator": (None, labelled("nothing but a separator")),
        "more than two lines": (None, labelled("more than two lines")),
        "an array of arrays": ("not_an_object", b"[" * 30_000 + b"]" * 30_000),
        "arrays without end": ("not_json", b"[" * 65_536),
        "1 MiB": ("record_too_large", b"\xff" * MIB),
        "10 MiB": ("record_too_large", b"7" * (10 * MIB)),
    }


@dataclass
class Lake:
    """The job's results for all records.

    Attributes:
        stream: The lake.
        sent: Bytes by sequence number.
        expected: Reason by sequence number, None for a valid record.
        names: Name of a record in messages, by sequence number.
        partition_keys: Partition key by sequence number.
        rows: Rows of the lake, with their status, by sequence number.
    """

    stream: StreamFolder
    sent: dict[str, bytes | None] = field(default_factory=dict)
    expected: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    partition_keys: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)

    def send(self, name: str, data: bytes | None, reason: str | None, key: str) -> None:
        """Adds a record for the next `run`."""
        number = str(len(self.sent) + 1)
        self.sent[number], self.expected[number] = data, reason
        self.names[number], self.partition_keys[number] = name, key

    def run(self) -> None:
        """Runs the job over all records, then over one more, which completes the first batch."""
        self.stream.arrive("1", self.sent, self.partition_keys)

        self.stream.drain()
        self.stream.arrive("2", {"last": plain(event_id="last")})
        self.stream.drain()
        for file in sorted(self.stream.folder.joinpath("events").rglob("*.parquet")):
            status = file.relative_to(self.stream.folder / "events").parts[0]
            for row in pq.read_table(file, partitioning=None).to_pylist():
                self.rows.setdefault(row["sequence_number"], []).append((status, row))

    def row(self, name: str) -> dict[str, Any]:
        """The one row of a record that is called `name`."""
        ((_, row),) = [
            one
            for number, found in self.rows.items()
            for one in found
            if self.names.get(number) == name
        ]
        return row

    @property
    def location(self) -> LakeLocation:
        """Its roots."""
        return LakeLocation(str(self.stream.folder / "events"), str(self.stream.folder / "history"))

    @property
    def valid_ids(self) -> list[str]:
        """Ids of the events that are valid, sorted."""
        rows = [row for found in self.rows.values() for _, row in found]
        return sorted(row["event_id"] for row in rows if row["reason"] is None)


def lake_of_hostile_records(spark: SparkSession, folder: Path) -> Lake:
    """The lake after the job has read every record in one task."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)

    lake = Lake(StreamFolder(spark, folder))
    keys = (LONGEST_PARTITION_KEY, "\0", "k:k", "é")
    for number, event in enumerate(events(EVENTS)):
        data = event.record()
        lake.send(data[:200].decode(), data, event.verdict(now), keys[number % len(keys)])
        if number % 10 == 0:
            lake.send("cut short", data[:-3], ANY, "k")
    for name, (reason, record) in crafted().items():
        lake.send(name, record, reason, "k")
    for number in range(ROWS_ONE_AFTER_ANOTHER):
        extra: dict[str, Any] = {f"field {number}": number}
        if number < LABELLED:
            extra |= {"text": f"text {number}", "label": "positive"}
        lake.send("one of many", plain(event_id=f"many {number}", **extra), None, "k")
    lake.run()
    return lake
