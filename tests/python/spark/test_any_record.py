"""No record ends the job: whatever comes is written, and read by everybody who reads the lake.

One run of the job's own query over all records, then everything that reads what it wrote.
"""

from __future__ import annotations

import base64
import datetime
import gzip
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.examples import SPLITS
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation
from streaming_ml.quarantine_reasons import load_quarantine_reasons
from streaming_ml.training_set_job import TrainingSetArguments, build_training_set

from local.audit.identities import LakeIdentities
from local.audit.lake_rows import read_lake
from local.audit.quarantine import QuarantineKeys, decrypted
from tests.python.spark.conftest import QUARANTINE_KEY, verdict
from tests.python.spark.conftest import compact as plain
from tests.python.spark.event_contracts import REPOSITORY, SENTIMENT
from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.hostile_records import colliding_names, events
from tests.python.spark.stream_folder import StreamFolder
from workloads.sentiment.training_set import build

ANY = "any"
EVENTS = 250
ROWS_ONE_AFTER_ANOTHER = 20_000
LABELLED = 200
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
    """What the job made of all records.

    Attributes:
        stream: The lake.
        sent: Bytes by sequence number.
        expected: Reason by sequence number, None where the record is valid.
        names: What a record is called in a message, by sequence number.
        partition_keys: By sequence number.
        rows: What the lake holds: status and row, by sequence number.
    """

    stream: StreamFolder
    sent: dict[str, bytes | None] = field(default_factory=dict)
    expected: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    partition_keys: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)

    def send(self, name: str, data: bytes | None, reason: str | None, key: str) -> None:
        """Puts a record aside for the next `run`."""
        number = str(len(self.sent) + 1)
        self.sent[number], self.expected[number] = data, reason
        self.names[number], self.partition_keys[number] = name, key

    def run(self) -> None:
        """Runs the job over all records, then over one more, after which the first are settled."""
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


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The lake after the job has read every record, one task each time."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)

    lake = Lake(StreamFolder(spark, tmp_path_factory.mktemp("any")))
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


def test_every_record_is_in_the_lake_once_with_its_verdict(lake: Lake) -> None:
    reasons = {None, *load_quarantine_reasons()}
    wrong = []
    for number, expected in lake.expected.items():
        rows = [row for _, row in lake.rows.get(number, [])]
        found = [row["reason"] if expected == ANY else verdict(row) for row in rows]
        if len(found) != 1 or (found[0] not in reasons if expected == ANY else found != [expected]):
            wrong.append(f"{lake.names[number]!r}: expected {expected}, found {found}")
    assert wrong == []


def test_what_is_valid_keeps_its_text(lake: Lake) -> None:
    texts = {name: lake.row(name)["text"] for name in TEXTS}
    assert texts == TEXTS


def test_what_is_refused_can_be_decrypted(lake: Lake) -> None:
    for number, found in lake.rows.items():
        for _, row in found:
            if row["reason"] is not None:
                sent, key = lake.sent[number], lake.partition_keys[number]
                assert (row["raw"] is None) == (sent is None)
                assert sent is None or decrypted(QUARANTINE_KEY, row["raw"]) == sent
                partition_key = base64.b64decode(row["partition_key"], validate=True)
                assert decrypted(QUARANTINE_KEY, partition_key).decode() == key


def test_the_lake_can_be_audited(lake: Lake, mocked_aws: None) -> None:
    secrets, storage = boto3.client("secretsmanager"), boto3.client("s3")
    key = base64.b64encode(QUARANTINE_KEY).decode()
    arn = secrets.create_secret(Name="q", SecretString=key, ClientRequestToken="v" * 32)["ARN"]
    storage.create_bucket(Bucket="lake")
    for file in lake.stream.folder.joinpath("events").rglob("*.parquet"):
        # The job names the version of the key; the one of the tests is shorter than AWS allows.
        table = pq.read_table(file, partitioning=None)
        versions = pa.array(["v" * 32] * len(table))
        column = table.column_names.index("key_version")
        body = io.BytesIO()
        pq.write_table(table.set_column(column, "key_version", versions), body)
        storage.put_object(
            Bucket="lake", Key=str(file.relative_to(lake.stream.folder)), Body=body.getvalue()
        )
    keys = QuarantineKeys(secrets, arn)
    rows = list(read_lake(storage, "s3a://lake/events", keys, LakeIdentities(SENTIMENT)))
    told = {row.sequence_number: row.partition_key for row in rows if row.status == "quarantined"}
    assert told == {number: lake.partition_keys[number] for number in told}
    found = [row.identity for row in rows if row.status == "valid"]
    assert sorted(str(identity and identity[0]) for identity in found) == lake.valid_ids


def test_the_lake_is_compacted(spark: SparkSession, lake: Lake) -> None:
    now = datetime.datetime.now(datetime.UTC)
    options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
    counts = compact(spark, FolderStorage(), lake.location, lake_schema(SENTIMENT), options)
    assert counts.rows == len(lake.valid_ids) - 1
    found = read_valid_events(spark, FolderStorage(), lake.location, lake_schema(SENTIMENT))
    assert found is not None
    assert sorted(row["event_id"] for row in found.collect()) == lake.valid_ids


def test_the_lake_is_trained_on(spark: SparkSession, lake: Lake, tmp_path: Path) -> None:
    location = lake.location
    output = tmp_path / "set"
    contract = str(REPOSITORY / ".local" / "contracts" / "sentiment.json")
    arguments = TrainingSetArguments(
        contract, location.events_uri, location.history_uri, "us-east-1", str(output), "any"
    )
    manifest = build_training_set(spark, FolderStorage(), arguments, build)
    texts: set[str] = set()
    for split in SPLITS:
        files = output.joinpath(split).glob("*.json.gz")
        found = [json.loads(line) for file in files for line in gzip.open(file, "rt")]
        assert len(found) == manifest["splits"][split]["rows"]
        texts.update(row["text"] for row in found)
    assert {TEXTS[name] for name in ("nothing but NUL", "nothing but a separator")} <= texts
    assert TEXTS["more than two lines"] in texts


NAMES = colliding_names(1024)
