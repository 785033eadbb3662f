"""Writes the labelled tweets as a training set, split as `training_set.py` splits posts."""

from __future__ import annotations

import re
from pathlib import Path

from local.training_sets.files import SPLITS, read_rows, split_of_text, write_splits
from workloads.sentiment.demo.events import FILE, read_tweets


def normalised_text(text: str) -> str:
    """Returns a text in lower case with single spaces, as `spark/streaming_ml/examples.py` does."""
    return re.sub(r"[\s\u00a0\u3000]+", " ", text.lower()).strip(" ")


def split_of(text: str) -> str:
    """Returns the split of a text, by a hash of its normalised form."""
    return split_of_text(normalised_text(text))


def write_training_set(data: Path, directory: Path) -> dict[str, int]:
    """Writes `manifest.json` and `<split>/part-0.json.gz`; the last of equal texts is kept.

    Args:
        data: Folder of the data set.
        directory: Folder to write.

    Returns:
        Rows per split.
    """
    unique = {normalised_text(text): (text, label) for text, label in read_tweets(data / FILE)}
    rows: dict[str, list[dict[str, str]]] = {split: [] for split in SPLITS}
    for number, (normalised, (text, label)) in enumerate(unique.items()):
        if normalised:
            example = {"example_id": str(number), "text": text, "label": label}
            rows[split_of(text)].append(example)
    return write_splits(directory, "sentiment", {"text": "string", "label": "string"}, rows)


def read_split(training_set: Path, split: str) -> tuple[list[str], list[str]]:
    """Reads texts and labels of a split.

    Raises:
        FileNotFoundError: The training set has no such split, or it is empty.
    """
    rows = read_rows(training_set, split)
    return [row["text"] for row in rows], [row["label"] for row in rows]
