"""What a refused record keeps of its producer, encrypted under a key that only quarantine has.

S3 knows no key per prefix, and one action writes valid and refused rows below one root, so the two
columns that may hold anything are encrypted one by one, with AES-256 in Galois/Counter mode (NIST
SP 800-38D). An encrypted value is the initialisation vector (12 bytes, random), the ciphertext (as
long as the value) and the authentication tag (16 bytes), in this order and without associated data.

The vector makes every encryption of the same bytes another one. Nothing here needs them equal:
de-duplication knows a record by its plain bytes, and a replay replaces its micro-batch's files as a
whole. Random vectors are safe for 2**32 values under one key.
"""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

QUARANTINE_KEY_COLUMN = "quarantine_key"


def encrypted(value: Column) -> Column:
    """Returns the encrypted bytes of `value`, null where it is null; the key must have been joined.

    Args:
        value: A binary column, or a string column, of which the UTF-8 bytes are taken.
    """
    # The key is a column and never a literal: literals show in plans and event logs.
    return F.aes_encrypt(value.cast("binary"), F.col(QUARANTINE_KEY_COLUMN), F.lit("GCM"))


def encrypted_text(value: Column) -> Column:
    """Returns the same in base64, in one line, for a column of the lake that is text."""
    # Spark breaks lines after 76 characters, as MIME wants it; not every decoder takes that.
    return F.translate(F.base64(encrypted(value)), "\r\n", "")
