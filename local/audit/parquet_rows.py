"""Rows of Parquet files, for programs that end as soon as they have read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def parquet_rows(body: bytes, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Returns the rows of one file.

    Reads without threads: one that Arrow has just started aborts a program that ends meanwhile
    (https://github.com/apache/arrow/issues/34314).

    Args:
        body: The whole file.
        columns: Names of the columns to read. None reads all.

    Raises:
        pyarrow.ArrowInvalid: It is no Parquet file.
    """
    file = pq.ParquetFile(pa.BufferReader(body))
    wanted = None if columns is None else list(columns)
    rows: list[dict[str, Any]] = file.read(columns=wanted, use_threads=False).to_pylist()
    return rows
