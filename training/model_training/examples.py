"""Labelled posts of one split: gzip JSON Lines of `{"event_id", "text", "label"}`."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model_training.problems import InputError
from workloads.sentiment.classifier.labels import LABELS

FILE_PATTERN = "*.json.gz"
_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class Examples:
    """Posts and their classes, in the order of the files' names and lines.

    Attributes:
        texts: The posts.
        labels: Per post the index of its class in `LABELS`.
    """

    texts: tuple[str, ...]
    labels: tuple[int, ...]

    def __len__(self) -> int:
        """Number of posts."""
        return len(self.texts)


def read_examples(directory: Path, split: str) -> Examples:
    """Reads every `*.json.gz` of a folder.

    Args:
        directory: Where the files lie, for example the folder of a SageMaker channel.
        split: Name of the split, for messages.

    Raises:
        InputError: The folder is missing or holds no example, or lines are not what the training
            set job writes; all of the wrong lines are counted, the first few named.
    """
    if not directory.is_dir():
        raise InputError(f"Split {split}: the folder {directory} does not exist.")
    texts: list[str] = []
    labels: list[int] = []
    problems: list[str] = []
    paths = sorted(directory.glob(FILE_PATTERN))
    for path in paths:
        for place, line in _lines(path, split):
            example = _parse(line)
            if isinstance(example, str):
                problems.append(f"{place}: {example}")
            else:
                texts.append(example[0])
                labels.append(example[1])
    if problems:
        shown = "; ".join(problems[:_PROBLEMS_SHOWN])
        raise InputError(
            f"Split {split}: {len(problems)} line(s) of {directory} are no examples. {shown}. "
            "Build the training set again."
        )
    if not texts:
        raise InputError(
            f"Split {split}: {len(paths)} file(s) {FILE_PATTERN} in {directory} hold no example. "
            "Check that the training set job found labelled posts."
        )
    return Examples(tuple(texts), tuple(labels))


def _lines(path: Path, split: str) -> Iterator[tuple[str, str]]:
    try:
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield f"{path.name} line {number}", line
    except (EOFError, UnicodeDecodeError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"Split {split}: {path} is no gzip text in UTF-8: {error}.") from error


def _parse(line: str) -> tuple[str, int] | str:
    """Returns (text, class), or what is wrong with the line."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return f"not JSON ({error})"
    if not isinstance(row, dict):
        return f"expected an object, received {type(row).__name__}"
    text, label = row.get("text"), row.get("label")
    # What is blank, the streaming job has decided: Python's notion of white space is a wider one.
    if not isinstance(text, str) or not text:
        return f"text must be a string that is not empty, received {text!r}"
    if label not in LABELS:
        return f"label must be one of {', '.join(LABELS)}, received {label!r}"
    return text, LABELS.index(label)
