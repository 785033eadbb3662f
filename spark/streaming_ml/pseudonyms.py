"""HMAC-SHA-256 of the user id in plain Spark SQL (RFC 2104).

The key never becomes a literal of the query: literals show in plans and event logs. Its two
pads travel in the one-row DataFrame of `keys` that every executor gets as a broadcast.
"""

from __future__ import annotations

import hashlib

from pyspark.sql import Column
from pyspark.sql import functions as F

INNER_PAD_COLUMN = "inner_pad"
OUTER_PAD_COLUMN = "outer_pad"

_BLOCK_BYTES = 64


def key_pads(key: bytes) -> tuple[bytes, bytes]:
    """Returns the inner and the outer pad of an HMAC-SHA-256 key (RFC 2104, section 2)."""
    block_key = hashlib.sha256(key).digest() if len(key) > _BLOCK_BYTES else key
    padded = block_key.ljust(_BLOCK_BYTES, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


def user_key(user_id: Column) -> Column:
    """Returns the HMAC of `user_id` in hex; the pads must have been joined.

    Args:
        user_id: A string column.
    """
    inner = F.sha2(F.concat(F.col(INNER_PAD_COLUMN), user_id.cast("binary")), 256)
    return F.sha2(F.concat(F.col(OUTER_PAD_COLUMN), F.unhex(inner)), 256)
