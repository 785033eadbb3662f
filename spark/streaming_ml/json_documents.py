"""What `from_json` does not tell about a JSON document, decided on the raw text.

`from_json` ignores what follows the closing brace and turns 42, true and {"x":1} into strings
for a string field. Each check here has a cheap form that settles nearly every record, and an
exact form, a second parse, for the few that it cannot.
"""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

# Spark's reader is lenient by default where RFC 8259 is not.
STRICT_JSON_OPTIONS = {
    "mode": "PERMISSIVE",
    "allowComments": "false",
    "allowNonNumericNumbers": "false",
    "allowSingleQuotes": "false",
    "allowUnquotedFieldNames": "false",
    "allowNumericLeadingZeros": "false",
    "allowBackslashEscapingAnyCharacter": "false",
    "allowUnquotedControlChars": "false",
}

_NUMBER_PATTERN = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_ANY_LENGTH = 2**31 - 1
_LEADING_BRACE_PATTERN = r"^[ \t\r\n]*\{"


def is_one_document(body: Column) -> Column:
    """True where the whole of `body` is exactly one JSON document.

    Parses it a second time, inside an array with an element after it: only one whole document
    leaves exactly two elements, the second of them ours. That one is a hash of the body, so that
    no body can close the array and bring the element itself: `{},0]` would with any constant.
    """
    seal = F.sha2(body.cast("binary"), 256)
    in_array = F.concat(F.lit("["), body, F.lit(',"'), seal, F.lit('"]'))
    elements = F.from_json(in_array, "array<string>", STRICT_JSON_OPTIONS)
    return F.coalesce((F.size(elements) == 2) & (elements[1] == seal), F.lit(False))


def begins_an_object(body: Column) -> Column:
    """True where the first character that is not white space opens an object."""
    return body.rlike(_LEADING_BRACE_PATTERN)


def ends_with_its_object(body: Column) -> Column:
    """True where nothing follows the object that `from_json` has read from `body`.

    Cheap where the only closing brace is the last character, save one line end.
    """

    def only_brace_is_last(trailing_bytes: int) -> Column:
        # Cut as bytes: cutting a string counts its characters first.
        length = F.octet_length(body) - F.lit(trailing_bytes)
        return ~body.cast("binary").substr(F.lit(1), length).cast("string").contains("}")

    return (
        F.when(body.endswith("}") & only_brace_is_last(1), F.lit(True))
        .when(body.endswith("}\n") & only_brace_is_last(2), F.lit(True))
        .otherwise(is_one_document(body))
    )


def was_a_string(body: Column, name: str, value: Column) -> Column:
    """True where the property `name` of the object in `body` is a JSON string.

    Args:
        body: A document already known to be one JSON object.
        name: Property name.
        value: What `from_json` returned for it; not null.
    """
    # Only these begin what from_json makes of a number, an array, an object, true and false.
    looks_otherwise = (
        ((value >= "-") & (value < ":") & value.rlike(_NUMBER_PATTERN))
        | ((value >= "[") & (value < "\\"))
        | ((value >= "{") & (value < "|"))
        | (value == "true")
        | (value == "false")
    )
    found_as_text = body.contains(F.concat(F.lit(f'"{name}":"'), value, F.lit('"'))) | (
        body.contains(F.concat(F.lit(f'"{name}": "'), value, F.lit('"')))
    )
    # What was found could belong to a nested object, or to a longer name with a quote in it.
    has_one_such_property = ~body.substr(2, _ANY_LENGTH).contains("{") & ~body.contains(
        f'\\"{name}"'
    )
    # A wildcard path keeps the quotes of a string.
    token = F.get_json_object(F.concat(F.lit("["), body, F.lit("]")), f"$[*].{name}")
    return ~looks_otherwise | (found_as_text & has_one_such_property) | token.startswith('"')
