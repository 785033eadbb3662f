"""Tests of `local/audit/parquet_rows.py`."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from local.audit.parquet_rows import parquet_rows
from local.repository_root import REPOSITORY_ROOT

THREADS = Path("/proc/self/task")

COUNTED = """
import sys
from pathlib import Path
from local.audit.parquet_rows import parquet_rows

body = Path(sys.argv[1]).read_bytes()
before = len(list(Path("/proc/self/task").iterdir()))
rows = parquet_rows(body)
print(len(rows), len(list(Path("/proc/self/task").iterdir())) - before)
"""


def file_of(*rows: dict[str, object]) -> bytes:
    body = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), body)
    return body.getvalue()


def test_returns_rows_with_all_columns_or_those_that_are_named() -> None:
    body = file_of({"id": 1, "raw": b"\xff"}, {"id": 2, "raw": None})
    assert parquet_rows(body) == [{"id": 1, "raw": b"\xff"}, {"id": 2, "raw": None}]
    assert parquet_rows(body, ["id"]) == [{"id": 1}, {"id": 2}]


def test_refuses_what_is_no_parquet_file() -> None:
    with pytest.raises(pa.ArrowInvalid):
        parquet_rows(b"text")


@pytest.mark.skipif(not THREADS.exists(), reason="this system does not list threads in /proc")
def test_starts_no_thread(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    file.write_bytes(file_of(*({"id": number, "text": "x"} for number in range(1000))))
    printed = subprocess.run(
        [sys.executable, "-c", COUNTED, str(file)],
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed.split() == ["1000", "0"]
