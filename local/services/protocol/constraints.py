"""Constraints of the service models that botocore's own validator does not check."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import regex  # type: ignore[import-untyped]
from botocore.model import ListShape, MapShape, Shape, StructureShape

LONGEST_MATCHED = 4096
"""Characters. Longer values are documents, whose patterns allow nearly everything."""


@functools.cache
def compile_pattern(pattern: str) -> regex.Pattern[str] | None:
    r"""Compiles a pattern of a service model; None for patterns in UTF-16 surrogates.

    Unlike Python's own `re`, this compiles Java's classes of characters (`\p{L}`) and quantified
    anchors, which AWS uses.
    """
    try:
        return regex.compile(pattern)
    except regex.error:
        return None


def violations(value: Any, shape: Shape, path: str) -> Iterator[str]:
    """Yields a sentence, in AWS's words, for each value that violates its shape.

    Checks enumerations, patterns and upper bounds of length and range. botocore checks types,
    required members, unknown members and lower bounds; values of the wrong type are skipped here.

    Args:
        value: The value in the JSON body.
        shape: Its shape in the service model.
        path: Its path, for example ``productionVariants.1.member.modelName``.
    """
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        for name, member in shape.members.items():
            if value.get(name) is not None:
                yield from violations(value[name], member, _join(path, _lower_first(name)))
    elif isinstance(shape, ListShape) and isinstance(value, list):
        yield from _too_many(len(value), value, shape, path)
        for index, item in enumerate(value, start=1):
            yield from violations(item, shape.member, f"{path}.{index}.member")
    elif isinstance(shape, MapShape) and isinstance(value, dict):
        yield from _too_many(len(value), value, shape, path)
        for key, item in value.items():
            yield from violations(key, shape.key, f"{path}.{key}.key")
            yield from violations(item, shape.value, f"{path}.{key}.member")
    elif shape.type_name == "string" and isinstance(value, str):
        yield from _string_violations(value, shape, path)
    elif isinstance(value, (int, float)) and "max" in shape.metadata:
        if value > shape.metadata["max"]:
            limit = shape.metadata["max"]
            yield _failed(value, path, f"Member must have value less than or equal to {limit}")


def _string_violations(value: str, shape: Shape, path: str) -> Iterator[str]:
    allowed = getattr(shape, "enum", None)
    if allowed and value not in allowed:
        yield _failed(value, path, f"Member must satisfy enum value set: [{', '.join(allowed)}]")
    yield from _too_many(len(value), value, shape, path)
    pattern = shape.metadata.get("pattern")
    if pattern is None or len(value) > LONGEST_MATCHED:
        return
    compiled = compile_pattern(pattern)
    if compiled is not None and compiled.fullmatch(value) is None:
        yield _failed(value, path, f"Member must satisfy regular expression pattern: {pattern}")


def _too_many(length: int, value: Any, shape: Shape, path: str) -> Iterator[str]:
    limit = shape.metadata.get("max")
    if limit is not None and length > limit:
        yield _failed(value, path, f"Member must have length less than or equal to {limit}")


def _failed(value: Any, path: str, constraint: str) -> str:
    text = str(value)
    shown = text if len(text) <= 200 else f"{text[:200]}..."
    return f"Value '{shown}' at '{path}' failed to satisfy constraint: {constraint}"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
