"""The audit reads the lake's files, and decrypts what quarantine stores."""

from __future__ import annotations

import base64
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
from local.audit.lake_rows import LakeReader, LakeRow
from local.audit.quarantine import QuarantineKeys
from tests.python.spark.audited_rows import IDENTITIES, RIGHT, SENT
from tests.python.spark.conftest import QUARANTINE_KEY
from tests.python.spark.event_contracts import SENTIMENT


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


def test_reads_a_file_once_and_forgets_a_deleted_one(storage: Any, secret: dict[str, str]) -> None:
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


def test_decrypts_quarantined_records_with_the_key_of_their_version(
    storage: Any, secret: dict[str, str]
) -> None:
    # The job has moved on to another key since.
    boto3.client("secretsmanager").put_secret_value(
        SecretId=secret["ARN"], SecretString=base64.b64encode(bytes(32)).decode()
    )
    key = "events/status=quarantined/dt=2026-11-24/hour=12/batch=g-000000000001/a.parquet"
    put(storage, key, RIGHT[2:], secret["VersionId"])
    assert list(reader(storage, secret).rows()) == RIGHT[2:]


def test_a_file_deleted_while_the_lake_is_read_is_skipped(
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
