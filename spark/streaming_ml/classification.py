"""Decides for every record whether it is valid, and if not, why.

The verdict depends on the record and on `batch_time` only, so a replay reaches the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import (
    CORRUPT_RECORD_COLUMN,
    CREATED_AT_FIELD,
    LABEL_FIELD,
    TEXT_FIELD,
    EventContract,
    EventField,
)
from streaming_ml.json_documents import (
    STRICT_JSON_OPTIONS,
    begins_an_object,
    ends_with_its_object,
    is_one_document,
    was_a_string,
)
from streaming_ml.timestamps import parse_rfc_3339

# Every character of Unicode's White_Space; Java's \s knows ASCII only.
_BLANK_PATTERN = r"^[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$"
_MOST_AHEAD_OF_BATCH_TIME = "INTERVAL 1 DAY"


def read_fields(records: DataFrame, contract: EventContract) -> DataFrame:
    """Replaces `data` by `body`, the same as a string, and `parsed`, what `from_json` read.

    Args:
        records: Column `data` (binary), others pass through.
        contract: What a valid record looks like.
    """
    others = [name for name in records.columns if name != "data"]
    return records.select(*others, *field_columns(F.col("data"), contract))


def field_columns(data: Column, contract: EventContract) -> list[Column]:
    """Returns the columns `body` and `parsed` of the record's bytes."""
    # The cast copies nothing and checks nothing; not_utf8 is decided later. A record over the
    # limit is never parsed.
    body = data.cast("string")
    within_limit = F.when(F.octet_length(data) <= contract.maximum_record_bytes, body)
    parsed = F.from_json(within_limit, contract.spark_schema(), STRICT_JSON_OPTIONS)
    return [body.alias("body"), parsed.alias("parsed")]


def classify(records: DataFrame, contract: EventContract) -> DataFrame:
    """Replaces `parsed` by the contract's fields, and adds `reason`, null where all is well.

    Args:
        records: Columns of `read_fields` and `batch_time`, others pass through.
        contract: What a valid record looks like.

    Returns:
        The records with one string column per field of the contract, `created_at` as a
        timestamp, and `reason`. Fields of records that have a reason mean nothing.
    """
    # One projection: the parts that fields and reason share are computed once, and the record
    # is copied once.
    created_at = parse_rfc_3339(_parsed(contract.field(CREATED_AT_FIELD)))
    fields = {field.name: _parsed(field) for field in contract.fields}
    fields[CREATED_AT_FIELD] = created_at
    return records.select(
        *[name for name in records.columns if name != "parsed"],
        *[value.alias(name) for name, value in fields.items()],
        _reason(contract, created_at).alias("reason"),
    )


def _parsed(field: EventField) -> Column:
    return F.col(f"parsed.{field.name}")


def _reason(contract: EventContract, created_at_time: Column) -> Column:
    body = F.col("body")
    data = body.cast("binary")
    was_read = F.col("parsed").isNotNull() & F.col(f"parsed.{CORRUPT_RECORD_COLUMN}").isNull()
    required = [field for field in contract.fields if field.required]
    created_at = contract.field(CREATED_AT_FIELD)
    text = contract.field(TEXT_FIELD)
    label = contract.field(LABEL_FIELD)
    free = [
        field
        for field in contract.fields
        if field.name not in (CREATED_AT_FIELD, TEXT_FIELD) and not field.allowed
    ]
    not_a_time = created_at_time.isNull()
    not_a_label = _parsed(label).isNotNull() & ~_parsed(label).isin(*label.allowed)
    # What parsed as a time or is a known label was a string; only the rest needs the raw text.
    wrong_type = _any(
        [
            *[_is_other_than_string(body, field) for field in [*free, text]],
            not_a_time & _is_other_than_string(body, created_at),
            not_a_label & _is_other_than_string(body, label),
        ]
    )
    ahead = created_at_time > F.col("batch_time") + F.expr(_MOST_AHEAD_OF_BATCH_TIME)
    return (
        F.when(F.octet_length(body) > contract.maximum_record_bytes, "record_too_large")
        .when(F.decode(data, "UTF-8") != body, "not_utf8")
        .when(
            ~(was_read & ends_with_its_object(body)),
            F.when(is_one_document(body) & ~begins_an_object(body), "not_an_object").otherwise(
                "not_json"
            ),
        )
        .when(_any(_parsed(field).isNull() for field in required), "missing_field")
        .when(wrong_type, "wrong_type")
        .when(_is_blank(_parsed(text)), "text_empty")
        .when(_is_longer(text), "text_too_long")
        .when(_any(_has_wrong_length(field) for field in free), "field_length")
        .when(not_a_time, "created_at_invalid")
        .when(ahead, "created_at_in_future")
        .when(not_a_label, "label_unknown")
    )


def _any(conditions: Iterable[Column]) -> Column:
    return reduce(lambda left, right: left | right, conditions)


def _is_other_than_string(body: Column, field: EventField) -> Column:
    value = _parsed(field)
    return value.isNotNull() & ~was_a_string(body, field.name, value)


def _is_blank(value: Column) -> Column:
    # White space begins below "!" in ASCII and above "~" elsewhere: most texts skip the pattern.
    return ((value < "!") | (value > "~")) & value.rlike(_BLANK_PATTERN)


def _is_longer(field: EventField) -> Column:
    if field.maximum_length is None:
        return F.lit(False)
    value = _parsed(field)
    # Counting characters reads the whole text; its bytes are known and are at least as many.
    return (F.octet_length(value) > field.maximum_length) & (F.length(value) > field.maximum_length)


def _is_shorter(field: EventField) -> Column:
    value = _parsed(field)
    length = F.octet_length(value) if field.minimum_length <= 1 else F.length(value)
    return length < field.minimum_length


def _has_wrong_length(field: EventField) -> Column:
    return _parsed(field).isNotNull() & (_is_shorter(field) | _is_longer(field))
