"""The condition operators, on single values. IAM user guide: "Condition operators"."""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from local.permissions.language.patterns import Context, arn_matches, matches, substituted

Matches = Callable[[str, str, Context], bool]
"""Whether what a policy expects (first) fits what the request has (second)."""


@dataclass(frozen=True)
class Operator:
    """A condition operator.

    Attributes:
        matches: The positive question about one expected and one actual value.
        negated: Whether it holds where `matches` does not, for all expected values together.
    """

    matches: Matches
    negated: bool = False


def _equals(expected: str, actual: str, context: Context) -> bool:
    return substituted(expected, context) == actual


def _equals_ignoring_case(expected: str, actual: str, context: Context) -> bool:
    text = substituted(expected, context)
    return text is not None and text.lower() == actual.lower()


def _like(expected: str, actual: str, context: Context) -> bool:
    return matches(expected, actual, context)


def _arn_like(expected: str, actual: str, context: Context) -> bool:
    text = substituted(expected, context)
    return text is not None and arn_matches(text, actual)


def _bool(expected: str, actual: str, _: Context) -> bool:
    return expected.lower() == actual.lower()


def _binary(expected: str, actual: str, _: Context) -> bool:
    return base64.b64decode(expected) == base64.b64decode(actual)


def _address(expected: str, actual: str, _: Context) -> bool:
    return ipaddress.ip_address(actual) in ipaddress.ip_network(expected, strict=False)


def _number(compare: Callable[[float, float], bool]) -> Matches:
    return lambda expected, actual, _: compare(float(actual), float(expected))


def _date(compare: Callable[[datetime, datetime], bool]) -> Matches:
    return lambda expected, actual, _: compare(_moment(actual), _moment(expected))


def _moment(text: str) -> datetime:
    if text.isdigit():
        return datetime.fromtimestamp(int(text), UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


OPERATORS = {
    "StringEquals": Operator(_equals),
    "StringNotEquals": Operator(_equals, negated=True),
    "StringEqualsIgnoreCase": Operator(_equals_ignoring_case),
    "StringNotEqualsIgnoreCase": Operator(_equals_ignoring_case, negated=True),
    "StringLike": Operator(_like),
    "StringNotLike": Operator(_like, negated=True),
    "NumericEquals": Operator(_number(lambda actual, expected: actual == expected)),
    "NumericNotEquals": Operator(_number(lambda actual, expected: actual == expected), True),
    "NumericLessThan": Operator(_number(lambda actual, expected: actual < expected)),
    "NumericLessThanEquals": Operator(_number(lambda actual, expected: actual <= expected)),
    "NumericGreaterThan": Operator(_number(lambda actual, expected: actual > expected)),
    "NumericGreaterThanEquals": Operator(_number(lambda actual, expected: actual >= expected)),
    "DateEquals": Operator(_date(lambda actual, expected: actual == expected)),
    "DateNotEquals": Operator(_date(lambda actual, expected: actual == expected), True),
    "DateLessThan": Operator(_date(lambda actual, expected: actual < expected)),
    "DateLessThanEquals": Operator(_date(lambda actual, expected: actual <= expected)),
    "DateGreaterThan": Operator(_date(lambda actual, expected: actual > expected)),
    "DateGreaterThanEquals": Operator(_date(lambda actual, expected: actual >= expected)),
    "Bool": Operator(_bool),
    "BinaryEquals": Operator(_binary),
    "IpAddress": Operator(_address),
    "NotIpAddress": Operator(_address, negated=True),
    # Both names of each pair mean the same.
    "ArnEquals": Operator(_arn_like),
    "ArnLike": Operator(_arn_like),
    "ArnNotEquals": Operator(_arn_like, negated=True),
    "ArnNotLike": Operator(_arn_like, negated=True),
}
"""All operators but `Null`, which asks whether a key is there."""
