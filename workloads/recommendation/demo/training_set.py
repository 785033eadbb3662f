"""Writes the ratings as a training set, split as `training_set.py` splits actions."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from local.training_sets.files import SPLITS, write_splits
from workloads.recommendation.demo.events import Action, position, read_events

_LONGEST = 1000


def examples_of(actions: Sequence[Action]) -> Iterator[dict[str, Any]]:
    """Yields each user's examples, as `build` of `training_set.py` returns them."""
    users: dict[str, dict[str, Action]] = defaultdict(dict)
    for one in sorted(actions, key=position):
        users[one["user"]["id"]].setdefault(one["item_id"], one)
    for user, kept in users.items():
        ordered = list(kept.values())[-_LONGEST - 1 :]
        items = [one["item_id"] for one in ordered]
        titles = [one["item_title"] or "" for one in ordered]
        count = len(ordered)
        for split, known, followed in (
            ("train", 1, count - 3),
            ("validation", count - 2, 1),
            ("test", count - 1, 1),
        ):
            if known >= 1 and followed >= 1:
                yield {
                    "example_id": f"{split}:{user}",
                    "split": split,
                    "history": items[:known],
                    "next_items": items[known : known + followed],
                    "next_titles": titles[known : known + followed],
                }


def write_training_set(data: Path, directory: Path) -> dict[str, int]:
    """Writes `manifest.json` and `<split>/part-0.json.gz` of all ratings.

    Args:
        data: Folder of the data set.
        directory: Folder to write.

    Returns:
        Rows per split.
    """
    return write_examples(read_events(data, None, datetime.datetime.now(datetime.UTC)), directory)


def write_examples(actions: Sequence[Action], directory: Path) -> dict[str, int]:
    """Writes the same files for other actions.

    Returns:
        Rows per split.
    """
    rows: dict[str, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    for example in examples_of(actions):
        rows[example.pop("split")].append(example)
    columns = dict.fromkeys(("history", "next_items", "next_titles"), "string")
    return write_splits(directory, "recommendation", columns, rows, array=True)
