"""Texts of policies: wildcards, ARNs, variables.

IAM user guide: "IAM JSON policy elements: Resource", "String condition operators", "ARN condition
operators", "Variables and tags".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from local.permissions.language.errors import PolicyError

Context = Mapping[str, str | tuple[str, ...]]
"""Condition keys of a request, by their name in small letters; a tuple where a key has several
values. A key that is absent here is absent from the request."""

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_SINGLE = re.compile(r"^([^,]*?)(?:\s*,\s*'([^']*)')?$")
_LITERALS = {"*": "*", "?": "?", "$": "$"}
_ARN_PARTS = 6


@functools.lru_cache(maxsize=65_536)
def wildcard(pattern: str, ignore_case: bool = False) -> re.Pattern[str]:
    """Compiles a text where `*` stands for any characters and `?` for exactly one."""
    parts = (".*" if one == "*" else "." if one == "?" else re.escape(one) for one in pattern)
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compiles several texts with wildcards into one that any of them matches; none: nothing."""
    parts = [f"(?:{wildcard(one).pattern})" for one in patterns]
    return re.compile("|".join(parts) or "(?!)", re.DOTALL)


def arn_matches(pattern: str, arn: str) -> bool:
    """Whether an ARN matches one with wildcards, each of the six parts on its own."""
    patterns, parts = pattern.split(":", _ARN_PARTS - 1), arn.split(":", _ARN_PARTS - 1)
    if len(parts) != _ARN_PARTS:
        return False
    if len(patterns) != _ARN_PARTS:
        return pattern == "*"
    pairs = zip(patterns, parts, strict=True)
    return all(wildcard(one).fullmatch(part) is not None for one, part in pairs)


def has_variable(text: str) -> bool:
    """Whether a text of a policy refers to the request."""
    return "${" in text


def variables(text: str) -> list[str]:
    """Returns the condition keys that a text refers to, in small letters.

    Raises:
        PolicyError: A variable is not written as IAM writes them.
    """
    return [name for name, _ in map(_parsed, _VARIABLE.findall(text)) if name not in _LITERALS]


def matches(pattern: str, value: str, context: Context, ignore_case: bool = False) -> bool:
    """Whether a text matches a pattern with wildcards and variables.

    A variable that the request has no value for matches nothing. What a variable is replaced by
    holds no wildcards, whatever signs are in it.
    """
    if not has_variable(pattern):
        return wildcard(pattern, ignore_case).fullmatch(value) is not None
    expression = []
    position = 0
    for found in _VARIABLE.finditer(pattern):
        expression.append(wildcard(pattern[position : found.start()]).pattern)
        text = _value(found[1], context)
        if text is None:
            return False
        expression.append(re.escape(text))
        position = found.end()
    expression.append(wildcard(pattern[position:]).pattern)
    flags = re.DOTALL | (re.IGNORECASE if ignore_case else 0)
    return re.fullmatch("".join(expression), value, flags) is not None


def substituted(text: str, context: Context) -> str | None:
    """Returns a text with its variables replaced; None when the request has no value for one."""
    values = [_value(name, context) for name in _VARIABLE.findall(text)]
    if None in values:
        return None
    found = iter(values)
    return _VARIABLE.sub(lambda _: str(next(found)), text)


def _value(variable: str, context: Context) -> str | None:
    name, default = _parsed(variable)
    if name in _LITERALS:
        return _LITERALS[name]
    value = context.get(name, default)
    # IAM takes no key with several values as a variable.
    return value if isinstance(value, str) else None


def _parsed(variable: str) -> tuple[str, str | None]:
    found = _SINGLE.match(variable)
    name = variable if found is None else found[1]
    if found is None or (":" not in name and name not in _LITERALS):
        raise PolicyError(f'"${{{variable}}}" is no variable of a policy.')
    return name.lower(), found[2]
