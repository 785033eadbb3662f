"""Conditions made of others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from pyspark.sql import Column


def any_of(conditions: Iterable[Column]) -> Column:
    """True where one of the conditions is; there must be at least one."""
    return reduce(lambda left, right: left | right, conditions)
