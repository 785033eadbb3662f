"""The key of the pseudonyms, from Secrets Manager: never in arguments, plans or logs."""

from __future__ import annotations

from typing import Any

MINIMUM_KEY_BYTES = 32


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
    answer = client.get_secret_value(SecretId=secret_arn)
    value: bytes = answer.get("SecretBinary") or answer.get("SecretString", "").encode()
    if len(value) < MINIMUM_KEY_BYTES:
        raise SecretKeyError(
            f"The secret {secret_arn} holds {len(value)} bytes, expected at least "
            f"{MINIMUM_KEY_BYTES}. Put a random value of that length into it."
        )
    return value
