"""Generated contracts: names of syllables, every type, every use."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from streaming_ml.contract import EventContract

from tests.python.spark.event_contracts import compiled_schema, schema_of

_SYLLABLES = ("ba", "co", "du", "fi", "ke", "lo", "mu", "na", "pi", "ra", "su", "to", "ve", "zo")

Schema = dict[str, Any]


def generated_contract(seed: str) -> EventContract:
    """Compiles a contract with at least one field of each use and of each type.

    Args:
        seed: The same seed gives the same contract.
    """
    chance = random.Random(seed)
    names = _names(chance)
    fields: list[tuple[str, Schema]] = [
        (next(names), {"type": "integer", "x-use": "identity"}),
        (next(names), {**_text(chance), "maxLength": 90, "x-use": ["identity", "pseudonym"]}),
        (next(names), {"type": "string", "format": "date-time", "x-use": "event-time"}),
        (next(names), _optional({**_text(chance), "x-use": "mask"})),
        (next(names), _optional({**_text(chance), "x-use": "pseudonym"})),
        (next(names), _optional({"type": "string", "enum": _enum(names), "x-use": "label"})),
        (next(names), {"type": "boolean", "x-use": "slice"}),
    ]
    for scalar in _scalars(chance, names):
        fields.append((next(names), scalar))
        fields.append((next(names), _optional(_array(chance, scalar))))
        inner = {next(names): scalar, next(names): _optional(scalar)}
        fields.append((next(names), _object(inner)))
    inner = {next(names): {"type": "number"}}
    deep = {next(names): {**_object(inner), "type": ["object", "null"]}}
    fields.append((next(names), {**_object(deep), "type": ["object", "null"]}))
    chance.shuffle(fields)
    return compiled_schema(next(names), json.dumps(schema_of(dict(fields), *_required(fields))))


def _names(chance: random.Random) -> Iterator[str]:
    given: set[str] = set()
    while True:
        name = "".join(chance.choices(_SYLLABLES, k=4))
        if name not in given:
            given.add(name)
            yield name


def _scalars(chance: random.Random, names: Iterator[str]) -> list[Schema]:
    least = chance.randint(-50, 50)
    return [
        _text(chance),
        {"type": "string", "enum": _enum(names)},
        {"type": "string", "format": "date-time"},
        {"type": "integer", "minimum": least, "maximum": least + chance.randint(1, 500)},
        {"type": "number", "minimum": least - 0.25},
        {"type": "boolean"},
    ]


def _text(chance: random.Random) -> Schema:
    least = chance.randint(1, 5)
    return {"type": "string", "minLength": least, "maxLength": least + chance.randint(5, 100)}


def _enum(names: Iterator[str]) -> list[str | None]:
    return [next(names), next(names), next(names)]


def _array(chance: random.Random, item: Schema) -> Schema:
    least = chance.randint(0, 3)
    most = least + chance.randint(1, 4)
    return {"type": "array", "minItems": least, "maxItems": most, "items": item}


def _object(properties: dict[str, Schema]) -> Schema:
    required = _required(list(properties.items()))
    return {"type": "object", "required": required, "properties": properties}


def _optional(schema: Schema) -> Schema:
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **values}


def _required(fields: list[tuple[str, Schema]]) -> list[str]:
    return [name for name, schema in fields if "null" not in schema["type"]]
