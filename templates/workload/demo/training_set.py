"""Writes the invented tickets as a training set, without Spark, for tests and benchmarks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from local.events.demo import LabelArrival
from local.training_sets.files import SPLITS, split_of_text, write_splits

from .events import ALL, invent, label_arrival

COLUMNS = {"subject": "string", "waiting_minutes": "number", "plan": "string", "urgent": "boolean"}


def split_of(subject: str) -> str:
    """Returns the split of a subject, by its normalised text, as `training_set.py` does."""
    return split_of_text(re.sub(r"[\s\u00a0\u3000]+", " ", subject.lower()).strip(" "))


def write_training_set(data: Path, directory: Path, count: int = ALL) -> dict[str, int]:
    """Writes `manifest.json` and `<split>/part-0.json.gz`: the tickets whose labels arrive.

    Args:
        data: Folder of the data set; not used.
        directory: Folder to write.
        count: Number of tickets.

    Returns:
        Rows per split.
    """
    rows: dict[str, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    for number in range(count):
        ticket, _ = invent(number)
        if label_arrival(number) is not LabelArrival.NEVER:
            row = {"example_id": f"ticket-{number:06d}", **ticket}
            rows[split_of(ticket["subject"])].append(row)
    return write_splits(directory, "workload_name", COLUMNS, rows)
