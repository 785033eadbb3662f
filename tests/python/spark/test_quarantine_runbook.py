"""The program of the quarantine runbook decrypts what the job encrypts."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.quarantine import encrypted, encrypted_text
from streaming_ml.secret_key_columns import secret_key_row, with_secret_keys

RUNBOOK = Path(__file__).parents[3] / "docs" / "runbooks" / "quarantine.md"
KEY = bytes(range(32))
RAW = b'{"text": "\xff broken", "user_id": "ann"'


@pytest.fixture
def secret(mocked_aws: None) -> Iterator[dict[str, Any]]:
    vault = boto3.client("secretsmanager")
    text = base64.b64encode(KEY).decode()
    made = vault.create_secret(Name="quarantine-key", SecretString=text)
    # The job has a new key since; the record names its own.
    newer = base64.b64encode(bytes(32)).decode()
    vault.put_secret_value(SecretId=made["ARN"], SecretString=newer)
    yield made


def test_decrypts_what_athena_shows(
    spark: SparkSession,
    secret: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", RUNBOOK.read_text(), re.DOTALL)
    keys = secret_key_row(spark, b"k" * 32, KEY)
    frame = with_secret_keys(
        spark.createDataFrame([(bytearray(RAW), "ann")], "d binary, p string"), keys
    )
    row = frame.select(
        F.base64(encrypted(F.col("d"))).alias("raw"),
        encrypted_text(F.col("p")).alias("partition_key"),
    ).first()
    assert row is not None
    monkeypatch.setattr(sys, "argv", ["decrypt.py", secret["ARN"], secret["VersionId"]])
    for column, plain in (("raw", RAW), ("partition_key", b"ann")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(row[column] + "\n"))
        exec(compile(program, str(RUNBOOK), "exec"), {})
        sys.stdout.flush()
        assert capsysbinary.readouterr().out == plain
