"""Conditions of statements: which keys a request must have, and with which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.permissions.language.errors import PolicyError
from local.permissions.language.keys import known
from local.permissions.language.operators import OPERATORS, Operator
from local.permissions.language.patterns import Context, variables

_IF_EXISTS = "IfExists"
_NULL = "Null"
_FOR_ALL = "ForAllValues"
_FOR_ANY = "ForAnyValue"


@dataclass(frozen=True)
class Condition:
    """One operator on one key.

    Attributes:
        operator: None is `Null`: whether the key is absent.
        key: In small letters.
        expected: One of them has to fit; with a negated operator none may.
        quantifier: `ForAllValues`, `ForAnyValue` or empty.
        if_exists: Whether it also holds for a request without the key.
    """

    operator: Operator | None
    key: str
    expected: tuple[str, ...]
    quantifier: str = ""
    if_exists: bool = False

    def holds(self, context: Context) -> bool:
        """Whether a request meets it.

        Raises:
            PolicyError: The request has several values, and the condition does not say how many
                of them have to fit.
        """
        actual = context.get(self.key)
        if self.operator is None:
            return (actual is None) == (self.expected[0].lower() == "true")
        values = (actual,) if isinstance(actual, str) else actual or ()
        if actual is None or not values:
            absent_holds = self.if_exists or self.quantifier == _FOR_ALL
            return absent_holds or (self.operator.negated and self.quantifier != _FOR_ANY)
        if not self.quantifier and not isinstance(actual, str):
            raise PolicyError(
                f"The key {self.key} has several values in a request: its condition needs "
                "ForAllValues or ForAnyValue."
            )
        fitting = (self._fits(self.operator, value, context) for value in values)
        return any(fitting) if self.quantifier == _FOR_ANY else all(fitting)

    def _fits(self, operator: Operator, value: str, context: Context) -> bool:
        found = any(operator.matches(one, value, context) for one in self.expected)
        return found != operator.negated


def parse_conditions(block: Any) -> tuple[Condition, ...]:
    """Reads the `Condition` of a statement.

    Raises:
        PolicyError: An operator, a key or a variable is unknown, or a value is no text.
    """
    if not isinstance(block, Mapping):
        raise PolicyError(f"Condition must be an object. Received: {block!r}.")
    return tuple(
        _parse(name, key, values) for name, keys in block.items() for key, values in keys.items()
    )


def _parse(name: str, key: str, values: Any) -> Condition:
    quantifier, colon, plain = name.rpartition(":")
    if_exists = plain.endswith(_IF_EXISTS)
    plain = plain.removesuffix(_IF_EXISTS)
    understood = plain in OPERATORS or (plain == _NULL and not if_exists and not colon)
    if not understood or (colon and quantifier not in (_FOR_ALL, _FOR_ANY)):
        raise PolicyError(f'Nobody has said what the condition operator "{name}" means.')
    expected = tuple(_text(one) for one in (values if isinstance(values, list) else [values]))
    if not expected:
        raise PolicyError(f"The condition {name} on {key} expects no value at all.")
    for asked in [key.lower(), *(one for text in expected for one in variables(text))]:
        if not known(asked):
            raise PolicyError(
                f'Nobody has said what the condition key "{asked}" is: a local run could not know '
                "its value. Add it in local/permissions/language/keys.py and give it to requests."
            )
    return Condition(OPERATORS.get(plain), key.lower(), expected, quantifier, if_exists)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise PolicyError(f"A condition expects texts. Received: {value!r}.")
