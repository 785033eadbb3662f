"""Decrypts quarantined records, as a person with the permission would (quarantine runbook)."""

from __future__ import annotations

import base64
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VECTOR_BYTES = 12


def decrypted(key: bytes, value: bytes) -> bytes:
    """Returns the plain bytes of a value that `streaming_ml.quarantine` has encrypted.

    Args:
        key: 32 bytes.
        value: Initialisation vector, ciphertext, authentication tag.

    Raises:
        cryptography.exceptions.InvalidTag: Another key, or bytes that were changed.
    """
    return AESGCM(key).decrypt(value[:_VECTOR_BYTES], value[_VECTOR_BYTES:], None)


class QuarantineKeys:
    """The versions of the quarantine key, each read once.

    Args:
        client: boto3 client of Secrets Manager.
        secret_arn: ARN of the secret.
    """

    def __init__(self, client: Any, secret_arn: str) -> None:
        self._client = client
        self._secret_arn = secret_arn
        self._keys: dict[str, bytes] = {}

    def decrypt(self, value: bytes, version: str) -> bytes:
        """Returns the plain bytes of `raw` in a row with `version` as its `key_version`."""
        if version not in self._keys:
            answer = self._client.get_secret_value(SecretId=self._secret_arn, VersionId=version)
            self._keys[version] = base64.b64decode(answer["SecretString"], validate=True)
        return decrypted(self._keys[version], value)

    def decrypt_text(self, value: str, version: str) -> str:
        """Returns the plain text of `partition_key` in such a row."""
        return self.decrypt(base64.b64decode(value, validate=True), version).decode()
