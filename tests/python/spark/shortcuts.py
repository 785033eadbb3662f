"""Spares PySpark what it does again for each of hundreds of small queries, and changes no query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from py4j.java_gateway import JavaPackage, JVMView
from pyspark import RDD, SparkContext


@contextmanager
def shortcuts() -> Iterator[None]:
    """Takes them within the block."""
    with pytest.MonkeyPatch.context() as patch:
        for owner in (JVMView, JavaPackage):
            patch.setattr(owner, "__getattr__", _asked_once(owner.__getattr__))
        patch.setattr(SparkContext, "parallelize", _read_by_java(SparkContext.parallelize))
        yield


def _asked_once(look_up: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """A class or a package is what it was: to find out, Java looks into each of 300 archives."""

    def __getattr__(self: Any, name: str) -> Any:
        found = look_up(self, name)
        vars(self)[name] = found
        return found

    return __getattr__


def _read_by_java(parallelize: Callable[..., RDD[Any]]) -> Callable[..., RDD[Any]]:
    """Java reads batches of any size, so no Python worker need make them another size before."""

    def in_batches(context: SparkContext, *arguments: Any, **named: Any) -> RDD[Any]:
        rows = parallelize(context, *arguments, **named)
        rows._jrdd_deserializer = context.serializer
        return rows

    return in_batches
