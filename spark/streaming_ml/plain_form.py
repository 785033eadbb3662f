"""The plain way to write an event: its fields in the contract's order, nothing escaped.

That is what `JSON.stringify` and Python's `json.dumps` make of nearly every post. Such a record is
taken apart at its quotation marks, which costs a fraction of a JSON parser. It is put together
again from the parts and compared with itself, so nothing is taken on trust: where both are equal
and no part holds a character that JSON wants escaped, the record is valid UTF-8, one JSON document,
an object without anything after it, and each of its fields is a string.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract

_PIECES_PER_FIELD = 4
_CONTROL_CHARACTER = r"[\x00-\x1f]"


IS_PLAIN_COLUMN = "is_plain"
_PIECES_COLUMN = "pieces"
_FIELD_PREFIX = "plain_"


def read_plain_form(records: DataFrame, body: Column, contract: EventContract) -> DataFrame:
    """Adds what `plain_fields` names and `is_plain` to each record.

    Args:
        records: All of its columns pass through.
        body: The record, a string column; its bytes need not be valid UTF-8.
        contract: Names the fields and their order; optional ones may be left out.

    Returns:
        Where `is_plain` is true, the fields are those of the record, null where an optional one is
        absent. Where it is false or null they mean nothing.
    """
    # The piece after the last field's value takes whatever follows, however much it is.
    pieces = F.split(body, '"', _PIECES_PER_FIELD * len(contract.fields) + 1)
    values, form = _taken_apart(F.col(_PIECES_COLUMN), contract)
    content = F.concat_ws("", *values.values())
    # A quotation mark cannot be inside a piece.
    holds_nothing_to_escape = ~content.contains("\\") & ~content.rlike(_CONTROL_CHARACTER)
    # Two projections: an expression that others share is evaluated once if it has a name.
    return records.withColumn(_PIECES_COLUMN, pieces).select(
        *records.columns,
        *[values[name].alias(column) for name, column in plain_fields(contract).items()],
        ((form == body) & holds_nothing_to_escape).alias(IS_PLAIN_COLUMN),
    )


def plain_fields(contract: EventContract) -> dict[str, str]:
    """Returns the column that `read_plain_form` adds for each field."""
    return {field.name: f"{_FIELD_PREFIX}{field.name}" for field in contract.fields}


def _taken_apart(pieces: Column, contract: EventContract) -> tuple[dict[str, Column], Column]:
    is_spaced = pieces[2] == ": "
    before_value = F.when(is_spaced, '": "').otherwise('":"')
    before_name = F.when(is_spaced, '", "').otherwise('","')
    form: list[Column] = []
    values: dict[str, Column] = {}
    position = F.lit(1)
    for index, field in enumerate(contract.fields):
        value = pieces[position + 2]
        start = F.lit('{"') if index == 0 else before_name
        part = [start, F.lit(field.name), before_value, value]
        if field.required:
            form.extend(part)
            position = position + _PIECES_PER_FIELD
        else:
            is_present = pieces[position] == field.name
            value = F.when(is_present, value)
            form.append(F.when(is_present, F.concat(*part)).otherwise(""))
            position = position + F.when(is_present, _PIECES_PER_FIELD).otherwise(0)
        values[field.name] = value
    return values, F.concat(*form, F.lit('"}'))
