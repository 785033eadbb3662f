"""Looks for planted personal data in every column of every Parquet file below a folder.

Prints one line of JSON: `holding`, the files in which some of it stands in clear, and `masked`,
whether the event that it was planted in is there, with masks in its place.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from local.audit.parquet_rows import parquet_rows

PLANTED = (
    b"sybilla.quackenbush@planted-mail.example",
    b"+49 30 9182736",
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
    values = [value for row in parquet_rows(file.read_bytes()) for value in row.values()]
    return [
        value if isinstance(value, bytes) else str(value).encode()
        for value in values
        if value is not None
    ]


if __name__ == "__main__":
    main()
