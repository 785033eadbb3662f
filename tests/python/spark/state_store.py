"""The state store as a task of Spark sees it, with a Python face."""

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException
from pyspark.sql import SparkSession

Key = tuple[int, int]

PROVIDER = "streamingml.state.ExpiringKeyStateStoreProvider"
SEGMENT_INTERVAL = "spark.sql.streaming.stateStore.expiringKeys.segmentInterval"


class Store:
    """The store of one task."""

    def __init__(self, spark: SparkSession, store: Any) -> None:
        self.java = store
        jvm: Any = spark._jvm
        unsafe_row = jvm.org.apache.spark.sql.catalyst.expressions.UnsafeRow
        self._key = unsafe_row(2)
        self._key.pointTo(bytes(24), 24)
        self._value = unsafe_row(1)
        self._value.pointTo(bytes(16), 16)

    def get(self, key: Key) -> int | None:
        found = self.java.get(self.row(key))
        return None if found is None else int(found.getLong(0))

    def put(self, key: Key, expires_at: int) -> None:
        self._value.setLong(0, expires_at)
        self.java.put(self.row(key), self._value)

    def remove(self, key: Key) -> None:
        self.java.remove(self.row(key))

    def pairs(self) -> list[tuple[Key, int]]:
        """Returns all pairs of the iterator."""
        iterator = self.java.iterator()
        found = []
        while iterator.hasNext():
            found.append(unpacked(iterator.next()))
        return found

    def evict(self, watermark: int) -> int:
        """Evicts as Spark does after each micro-batch; returns the number of pairs read."""
        iterator = self.java.iterator()
        seen = 0
        while iterator.hasNext():
            pair = iterator.next()
            seen += 1
            if unpacked(pair)[1] <= watermark:
                self.java.remove(pair.key())
        return seen

    def key_count(self) -> int:
        return int(self.java.metrics().numKeys())

    def commit(self) -> int:
        return int(self.java.commit())

    def row(self, key: Key) -> Any:
        """The key as a row, which is used again."""
        self._key.setLong(0, key[0])
        self._key.setLong(1, key[1])
        return self._key


class Refusal:
    """The class and the sentence of a Java error."""

    text = ""


@contextlib.contextmanager
def refused(match: str = "") -> Iterator[Refusal]:
    """Expects an error of Java with a text in it."""
    refusal = Refusal()
    with pytest.raises((Py4JJavaError, CapturedException)) as error:
        yield refusal
    # PySpark turns some of Java's errors into its own.
    origin = getattr(error.value, "_origin", None) or error.value.java_exception
    refusal.text = str(origin.toString())
    assert re.search(match, refusal.text)


def unpacked(pair: Any) -> tuple[Key, int]:
    """A pair of rows as numbers."""
    _, high, low = struct.unpack("<3q", pair.key().getBytes())
    _, expires_at = struct.unpack("<2q", pair.value().getBytes())
    return (high, low), expires_at


class Provider:
    """The provider of one partition.

    Args:
        folder: Root of all state.
        segment_interval: Number of versions from one segment to the next; None leaves it unset.
        retain: Number of versions maintenance keeps.
    """

    def __init__(
        self,
        spark: SparkSession,
        folder: Path,
        segment_interval: int | str | None = 4,
        retain: int = 3,
        keys: str = "a bigint, b bigint",
        values: str = "c bigint",
        prefix_columns: int = 0,
    ) -> None:
        self.spark = spark
        self.folder = folder / "0" / "5"
        jvm: Any = spark._jvm
        state = jvm.org.apache.spark.sql.execution.streaming.state
        schema = jvm.org.apache.spark.sql.types.StructType.fromDDL
        settings = jvm.org.apache.spark.sql.internal.SQLConf()
        if segment_interval is not None:
            settings.setConfString(SEGMENT_INTERVAL, str(segment_interval))
        settings.setConfString("spark.sql.streaming.minBatchesToRetain", str(retain))
        self.java = jvm.streamingml.state.ExpiringKeyStateStoreProvider()
        self.java.init(
            state.StateStoreId(str(folder), 0, 5, "default"),
            schema(keys),
            schema(values),
            prefix_columns,
            state.StateStoreConf(settings, jvm.PythonUtils.toScalaMap({})),
            spark._jsc.hadoopConfiguration(),
        )

    def store(self, version: int) -> Store:
        return Store(self.spark, self.java.getStore(version))

    def add(self, version: int, *keys: Key, expires_at: int = 100, watermark: int = -1) -> int:
        """Does what a micro-batch does: adds keys, evicts, commits."""
        store = self.store(version)
        for key in keys:
            store.put(key, expires_at)
        store.evict(watermark)
        return store.commit()

    def content(self, version: int) -> list[tuple[Key, int]]:
        """All pairs of a version, as its files have them."""
        return Store(self.spark, self.java.getReadStore(version)).pairs()

    def files(self) -> set[str]:
        """Names of the files, those of Hadoop's own checksums aside."""
        return {file.name for file in self.folder.iterdir() if not file.name.startswith(".")}
