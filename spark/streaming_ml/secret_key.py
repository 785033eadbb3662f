"""Reads the keys of pseudonyms and quarantine from Secrets Manager."""

from __future__ import annotations

import base64
import binascii
from typing import Any

MINIMUM_KEY_BYTES = 32

# AES-256.
QUARANTINE_KEY_BYTES = 32


class SecretKeyError(Exception):
    """The secret has no usable key."""


def read_hash_key(client: Any, secret_arn: str) -> bytes:
    """Returns the current value of the secret as bytes.

    Args:
        client: boto3 client of Secrets Manager.
        secret_arn: ARN of the secret.

    Raises:
        SecretKeyError: The value is too short for HMAC-SHA-256 (RFC 2104, section 3).
    """
    value = _bytes_of(client.get_secret_value(SecretId=secret_arn))
    if len(value) < MINIMUM_KEY_BYTES:
        raise SecretKeyError(
            f"The secret {secret_arn} has {len(value)} bytes, expected at least "
            f"{MINIMUM_KEY_BYTES}. Store a random value of that length in it."
        )
    return value


def read_quarantine_key(client: Any, secret_arn: str, version: str) -> bytes:
    """Returns the 32-byte key that one version of the secret has in base64.

    Args:
        client: boto3 client of Secrets Manager.
        secret_arn: ARN of the secret.
        version: Id of its version. It is stored with every row that the key encrypts, so it must
            not be the version that happens to be current when a driver starts.

    Raises:
        SecretKeyError: The value is not the base64 of 32 bytes.
    """
    value = _bytes_of(client.get_secret_value(SecretId=secret_arn, VersionId=version))
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != QUARANTINE_KEY_BYTES:
        # The value may be another secret, so the message must not contain it.
        raise SecretKeyError(
            f"Version {version} of the secret {secret_arn} is not a key of the quarantine: "
            f"expected the base64 of {QUARANTINE_KEY_BYTES} random bytes. Raise "
            "lake.quarantineKeyVersion, which creates a new key."
        )
    return key


def _bytes_of(answer: Any) -> bytes:
    value: bytes = answer.get("SecretBinary") or answer.get("SecretString", "").encode()
    return value
