"""What is masked in a text, and what is left alone."""

from __future__ import annotations

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from streaming_ml.masking import mask_personal_data

CASES = {
    "nothing to hide": "nothing to hide",
    "@united thanks, @jane.doe": "@united thanks, @jane.doe",
    "write jane.doe+x@mail.example.co.uk now": "write [email] now",
    "a@b.io,c@d.org": "[email],[email]",
    "a@b is no address": "a@b is no address",
    "call 1-800-433-7300!": "call [phone]!",
    "(555) 123-4567": "[phone]",
    "tel:+82 10-1234-5678.": "tel:[phone].",
    "+15551234567": "[phone]",
    "555-1234": "[phone]",
    "a@b.io or 555 123 4567": "[email] or [phone]",
    "6 digits: 555-123": "6 digits: 555-123",
    "a line\nand 555-1234": "a line\nand [phone]",
    "flight 4512 on 2026-11-24 at 10:30": "flight 4512 on 2026-11-24 at 10:30",
    "2015-2016": "2015-2016",
    "$1,234,567.50 or 1.234.567,50": "$1,234,567.50 or 1.234.567,50",
    "id 123456789012345678": "id 123456789012345678",
    "x5551234567": "x5551234567",
}


@pytest.mark.parametrize("text", CASES)
def test_masks(text: str, spark: SparkSession) -> None:
    frame = spark.createDataFrame([(text,)], "value string")
    (row,) = frame.select(mask_personal_data(F.col("value")).alias("masked")).collect()
    assert row["masked"] == CASES[text]
