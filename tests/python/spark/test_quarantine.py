"""Quarantined records can be decrypted with their key only."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from streaming_ml.quarantine import encrypted, encrypted_text
from streaming_ml.secret_key_columns import secret_key_row, with_secret_keys

from local.audit.quarantine import decrypted

KEY = bytes(range(32))

# The longest partition key that Kinesis takes, and more than a line of base64 in MIME.
LONGEST = "ü" * 256


def keyed(spark: SparkSession, rows: list[tuple[object, ...]], schema: str) -> DataFrame:
    """A frame with the keys joined to every row."""
    return with_secret_keys(
        spark.createDataFrame(rows, schema), secret_key_row(spark, b"k" * 32, KEY)
    )


@pytest.mark.parametrize("value", [b"", b"x", b'{"broken', bytes(range(256)) * 4096], ids=len)
def test_bytes_come_back(value: bytes, spark: SparkSession) -> None:
    frame = keyed(spark, [(bytearray(value),)], "raw binary")
    row = frame.select(
        encrypted(F.col("raw")).alias("sealed"),
        F.aes_decrypt(encrypted(F.col("raw")), F.col("quarantine_key")).alias("by_spark"),
    ).first()
    assert row is not None
    # Vector, ciphertext, tag.
    assert len(row["sealed"]) == 12 + len(value) + 16
    assert decrypted(KEY, bytes(row["sealed"])) == value
    assert bytes(row["by_spark"]) == value


def test_text_comes_back_from_one_line_of_base64(spark: SparkSession) -> None:
    rows = keyed(spark, [("key-1",), (LONGEST,)], "name string").select(
        encrypted_text(F.col("name"))
    )
    sealed = [row[0] for row in rows.collect()]
    assert [decrypted(KEY, base64.b64decode(one, validate=True)).decode() for one in sealed] == [
        "key-1",
        LONGEST,
    ]


def test_null_stays_null(spark: SparkSession) -> None:
    frame = keyed(spark, [(None, None)], "raw binary, name string")
    row = frame.select(encrypted(F.col("raw")), encrypted_text(F.col("name"))).first()
    assert row is not None
    assert tuple(row) == (None, None)


def test_equal_records_are_encrypted_differently(spark: SparkSession) -> None:
    frame = keyed(spark, [(bytearray(b"same"),)] * 3, "raw binary")
    sealed = {bytes(row[0]) for row in frame.select(encrypted(F.col("raw"))).collect()}
    assert len({one[:12] for one in sealed}) == 3


def test_another_key_and_a_changed_byte_are_refused(spark: SparkSession) -> None:
    row = keyed(spark, [(bytearray(b"x"),)], "raw binary").select(encrypted(F.col("raw"))).first()
    assert row is not None
    sealed = bytearray(row[0])
    with pytest.raises(InvalidTag):
        decrypted(bytes(32), bytes(sealed))
    sealed[12] ^= 1
    with pytest.raises(InvalidTag):
        decrypted(KEY, bytes(sealed))
