"""An audit of events that have nothing in common with posts."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import io
import json
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from local.audit.__main__ import main
from local.audit.identities import LakeIdentities
from tests.python.spark.event_contracts import compiled

CONTRACT = compiled(
    "readings",
    {
        "device": {
            "type": "object",
            "required": ["serial_id"],
            "properties": {
                "serial_id": {"type": "integer", "x-use": ["identity", "pseudonym"]},
            },
        },
        "measured": {"type": "string", "format": "date-time", "x-use": ["identity", "event-time"]},
        "is_odd": {"type": ["boolean", "null"], "x-use": "label"},
    },
    "device",
    "measured",
)

HASH_KEY = "a key of the pseudonyms, 32 bytes"
MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 500_000, datetime.UTC)
TEXT = "2026-01-02T03:04:05.500000+00:00"
BATCH = "dt=2026-01-02/hour=03/batch=g-000000000001"


def pseudonym(text: str) -> str:
    return hmac.new(HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def put(name: str, rows: list[dict[str, Any]]) -> None:
    names = ["device_serial_key", "measured", "is_odd", "sequence_number", "key_version"]
    names += ["partition_key", "reason", "reason_field", "arrival_time"]
    types = {
        "measured": pa.timestamp("us", "UTC"),
        "arrival_time": pa.timestamp("us", "UTC"),
        "is_odd": pa.bool_(),
    }
    columns = {
        one: pa.array([row.get(one) for row in rows], types.get(one, pa.string())) for one in names
    }
    body = io.BytesIO()
    pq.write_table(pa.table(columns), body)
    boto3.client("s3").put_object(Bucket="lake", Key=name, Body=body.getvalue())


def row(serial: str, number: str, is_odd: bool | None = None) -> dict[str, Any]:
    return {
        "device_serial_key": pseudonym(serial),
        "measured": MOMENT,
        "is_odd": is_odd,
        "sequence_number": number,
        "arrival_time": MOMENT,
    }


def line(serial: str, number: str, expected: str, label: str | None = None) -> str:
    content = {
        "partitionKey": "k",
        "sequenceNumber": number,
        "identity": [serial, TEXT],
        "expected": expected,
        "reasonField": None,
        "label": label,
    }
    return json.dumps(content) + "\n"


@pytest.fixture
def arguments(mocked_aws: None, tmp_path: Path) -> list[str]:
    boto3.client("s3").create_bucket(Bucket="lake")
    secrets = boto3.client("secretsmanager")
    key = base64.b64encode(bytes(32)).decode()
    quarantine = secrets.create_secret(Name="quarantine-key", SecretString=key)["ARN"]
    hashing = secrets.create_secret(Name="hash-key", SecretString=HASH_KEY)["ARN"]
    contract, sent = tmp_path / "contract.json", tmp_path / "sent.jsonl"
    contract.write_text(CONTRACT.text)
    sent.write_text(
        line("7", "1", "valid")
        + line("7", "2", "duplicate")
        + line("7", "3", "valid", "true")
        + line("8", "4", "valid")
    )
    return [
        *("--sent", str(sent), "--events-uri", "s3a://lake/events", "--contract", str(contract)),
        *("--quarantine-key-secret", quarantine, "--hash-key-secret", hashing),
    ]


def test_distinguishes_events_by_the_contract(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    put(f"events/status=valid/{BATCH}/a.parquet", [row("7", "2"), row("7", "3", True)])
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["unexpected"] == [
        f"Event {pseudonym('8')}, {TEXT} (record 4) should be valid, but is lost."
    ]
    put(f"events/status=valid/{BATCH}/b.parquet", [row("8", "4")])
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {
        "sent": 4,
        "valid": 3,
        "quarantined": {},
        "duplicates": 1,
        "lost": 0,
        "doubled": 0,
        "unexpected": [],
        "freshnessSeconds": None,
    }


def test_says_that_it_needs_the_key_of_a_pseudonym() -> None:
    with pytest.raises(ValueError) as caught:
        LakeIdentities(CONTRACT)
    assert str(caught.value) == (
        "The lake holds pseudonyms of device_serial_id, by which the contract readings tells its "
        "events apart: the audit needs the key of the pseudonyms, --hash-key-secret."
    )
