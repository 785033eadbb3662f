"""The audit finds what is lost, doubled or misjudged, and says so."""

from __future__ import annotations

import base64
import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from local.audit.__main__ import main
from local.audit.accounting import Account, account
from local.audit.freshness import percentiles
from local.audit.identities import LakeIdentities
from local.audit.lake_rows import LakeReader, LakeRow
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import SentRecord, read_sent_records
from tests.python.spark.event_contracts import SENTIMENT

IDENTITIES = LakeIdentities(SENTIMENT)
QUARANTINE_KEY = bytes(range(32))
ARRIVAL = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def valid(number: str, event: str, label: str | None = None) -> LakeRow:
    return LakeRow("valid", "g-000000000001", None, number, (event,), label, None, None, ARRIVAL)


def bad(number: str, reason: str, field: str | None = None) -> LakeRow:
    return LakeRow("quarantined", "g-000000000001", "k", number, None, None, reason, field, ARRIVAL)


SENT = [
    SentRecord("k", "1", ("a",), "valid"),
    SentRecord("k", "2", ("a",), "duplicate"),
    SentRecord("k", "3", ("a",), "valid", label="neutral"),
    SentRecord("k", "4", ("b",), "not_json"),
]
RIGHT = [valid("1", "a"), valid("3", "a", "neutral"), bad("4", "not_json")]


def test_every_record_is_accounted_for() -> None:
    result = account(SENT, RIGHT)
    assert result == Account(sent=4, valid=2, quarantined=result.quarantined, duplicates=1)
    assert dict(result.quarantined) == {"not_json": 1}
    assert result.is_even


def test_either_copy_of_an_event_may_be_the_one_that_is_kept() -> None:
    assert account(SENT, [valid("2", "a"), *RIGHT[1:]]).is_even


@pytest.mark.parametrize(
    ("rows", "lost", "doubled", "unexpected", "sentence"),
    [
        (RIGHT[1:], 2, 0, 0, "Event a (record 1) should be valid, but is lost."),
        (RIGHT[:2], 1, 0, 0, "Record 4 (event b) should be quarantined as not_json, but is lost."),
        ([*RIGHT, valid("1", "a")], 0, 1, 0, "Event a (record 1) is in the lake 2 times."),
        ([*RIGHT, valid("2", "a")], 0, 1, 0, "Event a (record 1) is in the lake 2 times."),
        ([*RIGHT, bad("4", "not_json")], 0, 1, 0, "Record 4 (event b) is in quarantine 2 times."),
        (
            [*RIGHT[:2], bad("4", "wrong_type", "text")],
            0,
            0,
            1,
            "Record 4 (event b) should be quarantined as not_json, but is wrong_type at text.",
        ),
        (
            [*RIGHT[:2], bad("4", "not_json", "text")],
            0,
            0,
            1,
            "Record 4 (event b) should be quarantined as not_json, but is not_json at text.",
        ),
        (
            [*RIGHT[:1], bad("3", "wrong_type"), RIGHT[2]],
            0,
            0,
            1,
            "Event a (record 3) should be valid, but is wrong_type.",
        ),
        ([*RIGHT, valid("9", "z")], 0, 0, 1, "The lake holds record 9 of z, which was never sent."),
    ],
)
def test_finds(
    rows: list[LakeRow], lost: int, doubled: int, unexpected: int, sentence: str
) -> None:
    result = account(SENT, rows)
    assert (result.lost, result.doubled, result.unexpected_rows) == (lost, doubled, unexpected)
    assert result.sentences == [sentence]
    assert not result.is_even


def test_percentiles_need_two_values() -> None:
    assert percentiles([1.0]) is None
    assert percentiles([float(value) for value in range(101)]) == {"p50": 50.0, "p95": 95.0}


def test_names_the_line_that_is_no_record(tmp_path: Path) -> None:
    manifest = tmp_path / "sent.jsonl"
    manifest.write_text(
        '{"partitionKey": "k", "sequenceNumber": "1", "identity": ["a"], "expected": "valid"}\n'
        '{"a": 1}\n'
    )
    with pytest.raises(ValueError, match=r"Line 2 of .* received \{\"a\": 1\}"):
        read_sent_records(manifest, IDENTITIES)


@pytest.fixture
def storage(mocked_aws: None) -> Iterator[Any]:
    client = boto3.client("s3")
    client.create_bucket(Bucket="lake")
    yield client


@pytest.fixture
def secret(storage: Any) -> dict[str, str]:
    """The secret of the quarantine's key: its ARN and the id of its version."""
    text = base64.b64encode(QUARANTINE_KEY).decode()
    made: dict[str, str] = boto3.client("secretsmanager").create_secret(
        Name="quarantine-key", SecretString=text
    )
    return made


def reader(storage: Any, secret: dict[str, str]) -> LakeReader:
    keys = QuarantineKeys(boto3.client("secretsmanager"), secret["ARN"])
    return LakeReader(storage, "s3a://lake/events", keys, IDENTITIES)


def sealed(text: str | None) -> str | None:
    if text is None:
        return None
    vector = b"twelve bytes"
    encrypted = AESGCM(QUARANTINE_KEY).encrypt(vector, text.encode(), None)
    return base64.b64encode(vector + encrypted).decode()


def put(storage: Any, key: str, rows: list[LakeRow], version: str = "1") -> None:
    columns = {
        "key_version": pa.array([version] * len(rows), pa.string()),
        "event_id": pa.array([row.identity and row.identity[0] for row in rows], pa.string()),
        "label": pa.array([row.label for row in rows], pa.string()),
        "partition_key": pa.array([sealed(row.partition_key) for row in rows], pa.string()),
        "sequence_number": pa.array([row.sequence_number for row in rows], pa.string()),
        "reason": pa.array([row.reason for row in rows], pa.string()),
        "reason_field": pa.array([row.reason_field for row in rows], pa.string()),
        "arrival_time": pa.array([row.arrival_time for row in rows], pa.timestamp("us", "UTC")),
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    storage.put_object(Bucket="lake", Key=key, Body=buffer.getvalue())


def test_reads_a_file_once_and_forgets_one_that_is_gone(
    storage: Any, secret: dict[str, str]
) -> None:
    files = "events/status=valid/dt=2026-11-24/hour=12/batch=g-000000000001"
    put(storage, f"{files}/a.parquet", RIGHT[:1])
    read: list[str] = []
    storage.meta.events.register(
        "provide-client-params.s3.GetObject", lambda params, **_: read.append(params["Key"])
    )
    lake = reader(storage, secret)
    assert [row.sequence_number for row in lake.rows()] == ["1"]
    put(storage, f"{files}/b.parquet", RIGHT[1:2])
    assert [row.sequence_number for row in lake.rows()] == ["1", "3"]
    assert read == [f"{files}/a.parquet", f"{files}/b.parquet"]
    storage.delete_object(Bucket="lake", Key=f"{files}/a.parquet")
    assert [row.sequence_number for row in lake.rows()] == ["3"]


def test_reads_what_quarantine_keeps_with_the_key_of_its_version(
    storage: Any, secret: dict[str, str]
) -> None:
    # The job has moved on to another key since.
    boto3.client("secretsmanager").put_secret_value(
        SecretId=secret["ARN"], SecretString=base64.b64encode(bytes(32)).decode()
    )
    key = "events/status=quarantined/dt=2026-11-24/hour=12/batch=g-000000000001/a.parquet"
    put(storage, key, RIGHT[2:], secret["VersionId"])
    assert list(reader(storage, secret).rows()) == RIGHT[2:]


def test_a_file_that_goes_while_the_lake_is_read_is_not_there(
    storage: Any, secret: dict[str, str]
) -> None:
    key = "events/status=valid/dt=2026-11-24/hour=12/batch=g-000000000001/a.parquet"
    put(storage, key, RIGHT[:1])

    def remove(**_: object) -> None:
        storage.delete_object(Bucket="lake", Key=key)

    storage.meta.events.register("provide-client-params.s3.GetObject", remove)
    assert list(reader(storage, secret).rows()) == []


def test_prints_one_object_and_fails_when_the_sum_is_off(
    storage: Any,
    secret: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent = tmp_path / "sent.jsonl"
    sent.write_text(
        "".join(
            json.dumps(
                {
                    "partitionKey": record.partition_key,
                    "sequenceNumber": record.sequence_number,
                    "identity": record.identity,
                    "expected": record.expected,
                    "label": record.label,
                }
            )
            + "\n"
            for record in SENT
        )
    )
    metrics = tmp_path / "metrics.jsonl"
    metrics.write_text('{"batchId": 1, "committedAt": "2026-11-24T12:00:01.500Z"}\n')
    partition = "dt=2026-11-24/hour=12/batch=g-000000000001"
    put(storage, f"events/status=valid/{partition}/p.parquet", RIGHT[:2])
    put(storage, f"events/.spark-staging-1/status=valid/{partition}/p.parquet", RIGHT[:2])
    arguments = ["--sent", str(sent), "--events-uri", "s3a://lake/events"]
    arguments += ["--quarantine-key-secret", secret["ARN"]]
    contract = tmp_path / "contract.json"
    contract.write_text(SENTIMENT.text)
    arguments += ["--contract", str(contract)]

    assert main([*arguments, "--metrics", str(metrics)]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["lost"] == 1
    assert "Of 4 records 3 are accounted for; 1 are lost" in printed.err

    quarantined = f"events/status=quarantined/{partition}/p.parquet"
    put(storage, quarantined, RIGHT[2:], secret["VersionId"])
    assert main([*arguments, "--metrics", str(metrics)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {
        "sent": 4,
        "valid": 2,
        "quarantined": {"not_json": 1},
        "duplicates": 1,
        "lost": 0,
        "doubled": 0,
        "unexpected": [],
        "freshnessSeconds": {"p50": 1.5, "p95": 1.5},
    }
