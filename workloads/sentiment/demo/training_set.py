"""The labelled tweets as a training set on disk, split as `training_set.py` splits posts."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

from workloads.sentiment.demo.events import FILE, read_tweets

SPLITS = ("train", "validation", "test")


def normalised_text(text: str) -> str:
    """What makes two texts the same post, as in `spark/streaming_ml/examples.py`."""
    return re.sub(r"[\s\u00a0\u3000]+", " ", text.lower()).strip(" ")


def split_of(text: str) -> str:
    """The split of a text: by a hash of its normalised form, eight to one to one."""
    digest = hashlib.sha256(normalised_text(text).encode()).hexdigest()
    bucket = int(digest[:8], 16) % 10
    return SPLITS[0] if bucket < 8 else SPLITS[1] if bucket < 9 else SPLITS[2]


def write_training_set(data: Path, directory: Path) -> dict[str, int]:
    """Writes `manifest.json` and `<split>/part-0.json.gz`; of equal texts the last one stays.

    Args:
        data: Folder of the data set.
        directory: Folder to write.

    Returns:
        Rows per split.
    """
    unique = {normalised_text(text): (text, label) for text, label in read_tweets(data / FILE)}
    rows: dict[str, list[str]] = {split: [] for split in SPLITS}
    for number, (normalised, (text, label)) in enumerate(unique.items()):
        if normalised:
            example = {"example_id": str(number), "text": text, "label": label}
            rows[split_of(text)].append(json.dumps(example, ensure_ascii=False))
    for split, lines in rows.items():
        directory.joinpath(split).mkdir(parents=True)
        path = directory / split / "part-0.json.gz"
        with gzip.open(path, mode="wt", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    counts = {split: len(lines) for split, lines in rows.items()}
    manifest = {
        "workload": "sentiment",
        "columns": [{"name": name, "type": "string", "array": False} for name in ("text", "label")],
        "splits": {split: {"rows": count} for split, count in counts.items()},
    }
    directory.joinpath("manifest.json").write_text(json.dumps(manifest))
    return counts


def read_split(training_set: Path, split: str) -> tuple[list[str], list[str]]:
    """Reads texts and labels of a split.

    Raises:
        FileNotFoundError: The training set has no such split, or nothing is in it.
    """
    texts: list[str] = []
    labels: list[str] = []
    for path in sorted(training_set.joinpath(split).glob("*.json.gz")):
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                texts.append(row["text"])
                labels.append(row["label"])
    if not texts:
        raise FileNotFoundError(
            f"{training_set / split} holds no example. Expected *.json.gz of a training set."
        )
    return texts, labels
