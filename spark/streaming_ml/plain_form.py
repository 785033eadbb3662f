"""The shortest way to write an event: what `JSON.stringify` makes of its fields in order.

A record that equals what its own fields look like in that form needs no further look at its raw
text. The form has no room for anything else, so the record is valid UTF-8, one JSON document, an
object, without anything after it, and each of its fields is a string.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import Column
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract


def plain_form(contract: EventContract, values: Mapping[str, Column]) -> Column:
    """Returns the record in its shortest form, null where a required field is null.

    Args:
        contract: Names the fields and their order.
        values: String columns by field.
    """
    parts: list[Column] = []
    for index, field in enumerate(contract.fields):
        separator = "{" if index == 0 else ","
        part = [F.lit(f'{separator}"{field.name}":"'), values[field.name], F.lit('"')]
        parts.extend(part if field.required else [F.coalesce(F.concat(*part), F.lit(""))])
    return F.concat(*parts, F.lit("}"))
