"""From the bytes of a record to the contract's fields, and what is wrong with the bytes if not."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import Column
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
from streaming_ml.plain_form import plain_form

DEFECT_COLUMN = "defect"


def field_columns(data: Column, contract: EventContract) -> list[Column]:
    """Returns one string column per field of the contract, and `defect`.

    `defect` is the reason to refuse the record that its raw text alone gives, null where there is
    none. Fields of records with a defect mean nothing.

    All of them belong into one projection: Spark then parses the record once, and the record is
    copied once.

    Args:
        data: The record, binary.
        contract: What a valid record looks like.
    """
    parsed, values = _parsed(data, contract)
    defect = F.when(is_plain(data, contract), F.lit(None)).otherwise(
        _defect(data, parsed, values, contract)
    )
    return [
        *[value.alias(name) for name, value in values.items()],
        defect.alias(DEFECT_COLUMN),
    ]


def is_plain(data: Column, contract: EventContract) -> Column:
    """True where the record is in its shortest form; all others have their raw text looked at."""
    _, values = _parsed(data, contract)
    return plain_form(contract, values) == data.cast("string")


def _parsed(data: Column, contract: EventContract) -> tuple[Column, dict[str, Column]]:
    # The cast copies nothing and checks nothing. A record over the limit is never parsed.
    within_limit = F.when(
        F.octet_length(data) <= contract.maximum_record_bytes, data.cast("string")
    )
    parsed = F.from_json(within_limit, contract.spark_schema(), STRICT_JSON_OPTIONS)
    return parsed, {field.name: parsed[field.name] for field in contract.fields}


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
