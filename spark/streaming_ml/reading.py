"""From the bytes of a record to the contract's fields, and what is wrong with the bytes if not."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.conditions import any_of
from streaming_ml.contract import CORRUPT_RECORD_COLUMN, EventContract
from streaming_ml.json_documents import (
    STRICT_JSON_OPTIONS,
    begins_an_object,
    ends_with_its_object,
    is_one_document,
    was_a_string,
)
from streaming_ml.plain_form import IS_PLAIN_COLUMN, plain_fields, read_plain_form

DEFECT_COLUMN = "defect"


def read_fields(records: DataFrame, contract: EventContract) -> DataFrame:
    """Adds to each record the contract's fields, all of them strings, and `defect`.

    `defect` is the reason to refuse the record that its raw text alone gives, null where there is
    none. Fields of records with a defect mean nothing.

    Args:
        records: Column `data` (binary), others pass through.
        contract: What a valid record looks like.
    """
    data = F.col("data")
    plain = with_plain_form(records, contract)
    is_plain = F.col(IS_PLAIN_COLUMN)
    as_plain = F.struct(
        *[F.col(column).alias(name) for name, column in plain_fields(contract).items()],
        F.lit(None).cast("string").alias(CORRUPT_RECORD_COLUMN),
    )
    parsed = F.from_json(
        _within_limit(data, contract), contract.spark_schema(), STRICT_JSON_OPTIONS
    )
    record = F.when(is_plain, as_plain).otherwise(parsed)
    values = {field.name: record[field.name] for field in contract.fields}
    defect = F.when(is_plain, F.lit(None)).otherwise(_defect(data, record, values, contract))
    # One projection: Spark then parses a record once, and copies it once.
    return plain.select(
        *records.columns,
        *[value.alias(name) for name, value in values.items()],
        defect.alias(DEFECT_COLUMN),
    )


def with_plain_form(records: DataFrame, contract: EventContract) -> DataFrame:
    """Adds what `read_plain_form` finds; records that are not plain have to be parsed."""
    return read_plain_form(records, _within_limit(F.col("data"), contract), contract)


def _within_limit(data: Column, contract: EventContract) -> Column:
    # The cast copies nothing and checks nothing. A record over the limit is never read.
    return F.when(F.octet_length(data) <= contract.maximum_record_bytes, data.cast("string"))


def _defect(
    data: Column, parsed: Column, values: Mapping[str, Column], contract: EventContract
) -> Column:
    body = data.cast("string")
    was_read = parsed.isNotNull() & parsed[CORRUPT_RECORD_COLUMN].isNull()
    missing = [values[field.name].isNull() for field in contract.fields if field.required]
    wrong = [value.isNotNull() & ~was_a_string(body, name, value) for name, value in values.items()]
    return (
        F.when(F.octet_length(data) > contract.maximum_record_bytes, "record_too_large")
        .when(F.decode(data, "UTF-8") != body, "not_utf8")
        .when(
            ~(was_read & ends_with_its_object(body)),
            F.when(is_one_document(body) & ~begins_an_object(body), "not_an_object").otherwise(
                "not_json"
            ),
        )
        .when(any_of(missing), "missing_field")
        .when(any_of(wrong), "wrong_type")
    )
