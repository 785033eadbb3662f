"""Decides for every record whether it is valid, and if not, why.

The verdict depends on the record and on `batch_time` only, so a replay reaches the same one.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.conditions import any_of
from streaming_ml.contract import (
    CREATED_AT_FIELD,
    LABEL_FIELD,
    TEXT_FIELD,
    EventContract,
    EventField,
)
from streaming_ml.reading import DEFECT_COLUMN, field_columns
from streaming_ml.timestamps import parse_rfc_3339

# Every character of Unicode's White_Space; Java's \s knows ASCII only.
_BLANK_PATTERN = r"^[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$"
_MOST_AHEAD_OF_BATCH_TIME = "INTERVAL 1 DAY"


def read_fields(records: DataFrame, contract: EventContract) -> DataFrame:
    """Adds to each record the contract's fields, all of them strings, and `defect`.

    Args:
        records: Column `data` (binary), others pass through.
        contract: What a valid record looks like.
    """
    others = [F.col(name) for name in records.columns]
    return records.select(*others, *field_columns(F.col("data"), contract))


def classify(records: DataFrame, contract: EventContract) -> DataFrame:
    """Replaces `defect` by `reason`, null where all is well, and parses `created_at`.

    Args:
        records: Columns of `read_fields` and `batch_time`, others pass through.
        contract: What a valid record looks like.

    Returns:
        The records with `created_at` as a timestamp, and `reason`. Fields of records that have a
        reason mean nothing.
    """
    created_at = parse_rfc_3339(F.col(CREATED_AT_FIELD))
    others = [name for name in records.columns if name not in (CREATED_AT_FIELD, DEFECT_COLUMN)]
    return records.select(
        *others,
        created_at.alias(CREATED_AT_FIELD),
        _reason(contract, created_at).alias("reason"),
    )


def _reason(contract: EventContract, created_at_time: Column) -> Column:
    text = contract.field(TEXT_FIELD)
    label = contract.field(LABEL_FIELD)
    free = [
        field
        for field in contract.fields
        if field.name not in (CREATED_AT_FIELD, TEXT_FIELD) and not field.allowed
    ]
    defect = F.col(DEFECT_COLUMN)
    ahead = created_at_time > F.col("batch_time") + F.expr(_MOST_AHEAD_OF_BATCH_TIME)
    label_value = F.col(label.name)
    return (
        F.when(defect.isNotNull(), defect)
        .when(_is_blank(F.col(text.name)), "text_empty")
        .when(_is_longer(text), "text_too_long")
        .when(any_of(_has_wrong_length(field) for field in free), "field_length")
        .when(created_at_time.isNull(), "created_at_invalid")
        .when(ahead, "created_at_in_future")
        .when(label_value.isNotNull() & ~label_value.isin(*label.allowed), "label_unknown")
    )


def _is_blank(value: Column) -> Column:
    # White space begins below "!" in ASCII and above "~" elsewhere: most texts skip the pattern.
    return ((value < "!") | (value > "~")) & value.rlike(_BLANK_PATTERN)


def _is_longer(field: EventField) -> Column:
    if field.maximum_length is None:
        return F.lit(False)
    value = F.col(field.name)
    # Counting characters reads the whole text; its bytes are known and are at least as many.
    return (F.octet_length(value) > field.maximum_length) & (F.length(value) > field.maximum_length)


def _is_shorter(field: EventField) -> Column:
    value = F.col(field.name)
    length = F.octet_length(value) if field.minimum_length <= 1 else F.length(value)
    return length < field.minimum_length


def _has_wrong_length(field: EventField) -> Column:
    return F.col(field.name).isNotNull() & (_is_shorter(field) | _is_longer(field))
