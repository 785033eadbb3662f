"""Looks for planted personal data in every column of every Parquet file below a folder.

Prints one line of JSON: `holding`, the files in which some of it stands in clear, and `masked`, whether
the events that it was planted in are there, with masks in its place.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.parquet as parquet

PLANTED = (
    b"sybilla.quackenbush@planted-mail.example",
    b"+49 30 9182736450",
    b"planted-user-7c1e55d0",
)
MASKED = b"Write to [email] or call [phone], please"


def main() -> None:
    """Reads the folder named by the first argument."""
    holding: list[str] = []
    masked = False
    for file in sorted(Path(sys.argv[1]).rglob("*.parquet")):
        # Not as a data set: a partition's name is no column to look into.
        for value in _values(file):
            masked = masked or value == MASKED
            if any(planted in value for planted in PLANTED):
                holding.append(str(file))
                break
    print(json.dumps({"holding": holding, "masked": masked}))


def _values(file: Path) -> list[bytes]:
    table = parquet.ParquetFile(file).read()
    texts: list[bytes] = []
    for column in table.columns:
        for value in column.to_pylist():
            if isinstance(value, bytes):
                texts.append(value)
            elif value is not None:
                texts.append(str(value).encode())
    return texts


if __name__ == "__main__":
    main()
