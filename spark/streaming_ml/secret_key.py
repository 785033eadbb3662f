"""The keys of pseudonyms and quarantine, from Secrets Manager: never in arguments, plans, logs."""

from __future__ import annotations

import base64
import binascii
from typing import Any

MINIMUM_KEY_BYTES = 32

# AES-256.
QUARANTINE_KEY_BYTES = 32


class SecretKeyError(Exception):
    """The secret holds no usable key."""


def read_hash_key(client: Any, secret_arn: str) -> bytes:
    """Returns the current value of the secret as bytes.

    Args:
        client: boto3 client of Secrets Manager.
        secret_arn: ARN of the secret.

    Raises:
        SecretKeyError: The value is shorter than HMAC-SHA-256 wants (RFC 2104, section 3).
    """
    value = _bytes_of(client.get_secret_value(SecretId=secret_arn))
    if len(value) < MINIMUM_KEY_BYTES:
        raise SecretKeyError(
            f"The secret {secret_arn} holds {len(value)} bytes, expected at least "
            f"{MINIMUM_KEY_BYTES}. Put a random value of that length into it."
        )
    return value


def read_quarantine_key(client: Any, secret_arn: str, version: str) -> bytes:
    """Returns the key of 32 bytes that one version of the secret holds in base64.

    Args:
        client: boto3 client of Secrets Manager.
        secret_arn: ARN of the secret.
        version: Id of its version. It stands beside every row the key encrypts, so it has to be
            this one, and not whichever is current when a driver starts.

    Raises:
        SecretKeyError: The value is not the base64 of 32 bytes.
    """
    value = _bytes_of(client.get_secret_value(SecretId=secret_arn, VersionId=version))
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != QUARANTINE_KEY_BYTES:
        # What it holds instead may still be somebody's secret: the sentence tells nothing of it.
        raise SecretKeyError(
            f"Version {version} of the secret {secret_arn} is no key of the quarantine: expected "
            f"the base64 of {QUARANTINE_KEY_BYTES} random bytes. Raise lake.quarantineKeyVersion, "
            "which makes a new one."
        )
    return key


def _bytes_of(answer: Any) -> bytes:
    value: bytes = answer.get("SecretBinary") or answer.get("SecretString", "").encode()
    return value
