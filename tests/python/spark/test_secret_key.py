"""Keys are read from Secrets Manager unchanged, or refused without a key in the message."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from streaming_ml.secret_key import SecretKeyError, read_hash_key, read_quarantine_key

KEY = bytes(range(32))


@pytest.fixture
def vault(mocked_aws: None) -> Iterator[Any]:
    yield boto3.client("secretsmanager")


def base64_of(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_the_hash_key_is_the_secrets_text_byte_for_byte(vault: Any) -> None:
    made = vault.create_secret(Name="user-key", SecretString=base64_of(KEY))
    assert read_hash_key(vault, made["ARN"]) == base64_of(KEY).encode()


def test_a_hash_key_has_32_bytes_at_least(vault: Any) -> None:
    arn = vault.create_secret(Name="user-key", SecretBinary=bytes(32))["ARN"]
    assert read_hash_key(vault, arn) == bytes(32)
    vault.put_secret_value(SecretId=arn, SecretBinary=bytes(31))
    with pytest.raises(SecretKeyError, match=f"{arn} has 31 bytes, expected at least 32"):
        read_hash_key(vault, arn)


def test_the_quarantine_key_is_the_one_of_its_version(vault: Any) -> None:
    first = vault.create_secret(Name="quarantine-key", SecretString=base64_of(KEY))
    second = vault.put_secret_value(SecretId=first["ARN"], SecretString=base64_of(bytes(32)))
    assert read_quarantine_key(vault, first["ARN"], first["VersionId"]) == KEY
    assert read_quarantine_key(vault, first["ARN"], second["VersionId"]) == bytes(32)


@pytest.mark.parametrize(
    "text",
    [
        base64_of(KEY[:31]),
        base64_of(KEY + b"x"),
        base64_of(KEY)[:-1],
        base64_of(KEY).replace("A", "A!", 1),
        "hidden, but no key!",
    ],
)
def test_anything_but_the_base64_of_32_bytes_is_refused(vault: Any, text: str) -> None:
    made = vault.create_secret(Name="quarantine-key", SecretString=text)
    with pytest.raises(SecretKeyError) as refused:
        read_quarantine_key(vault, made["ARN"], made["VersionId"])
    sentence = str(refused.value)
    version = f"Version {made['VersionId']} of the secret {made['ARN']}"
    assert f"{version} is not a key of the quarantine" in sentence
    assert text not in sentence
