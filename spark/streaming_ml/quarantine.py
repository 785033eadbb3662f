"""Encrypts what quarantine stores of a refused record, with a key of its own.

S3 has no encryption key per prefix, and one action writes valid and refused rows below one root. So
the two columns that may contain anything are encrypted value by value, with AES-256 in
Galois/Counter mode (NIST SP 800-38D). An encrypted value is the initialisation vector (12 random
bytes), the ciphertext (as long as the value) and the authentication tag (16 bytes), in this order
and without associated data.

Encrypting the same bytes twice gives different values. That is safe here: de-duplication hashes the
plain bytes, and a replay replaces all files of its micro-batch. Random vectors are safe for 2**32
values under one key.
"""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

QUARANTINE_KEY_COLUMN = "quarantine_key"


def encrypted(value: Column) -> Column:
    """Returns the encrypted bytes of `value`, null if it is null; the key must have been joined.

    Args:
        value: A binary column, or a string column whose UTF-8 bytes are encrypted.
    """
    # The key is a column, never a literal: plans and event logs show literals.
    return F.aes_encrypt(value.cast("binary"), F.col(QUARANTINE_KEY_COLUMN), F.lit("GCM"))


def encrypted_text(value: Column) -> Column:
    """Returns the same in base64 without line breaks, for a string column."""
    # Spark adds a line break after 76 characters, as MIME does; not every decoder accepts that.
    return F.translate(F.base64(encrypted(value)), "\r\n", "")
