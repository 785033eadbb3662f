"""Writes the model that would be served, as it is before its training.

`python -m tests.reliability.serving.untrained_model DIRECTORY` exports `DIRECTORY/1`: the real text
handling and the real layers, so what they do with odd text shows; what they answer means nothing.
Needs `training/` on the import path.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sentiment_model.batches import extract_split
from sentiment_model.classifier import export_classifier
from sentiment_model.corpus_statistics import collect_statistics
from sentiment_model.examples import Examples
from sentiment_model.labels import LABELS
from sentiment_model.network import build_network

_WORDS = ("awful delay", "gate number", "great thanks")


def write_model(directory: Path) -> None:
    """Exports a model with the vocabulary of three posts."""
    posts = Examples(texts=_WORDS * 4, labels=tuple(range(len(LABELS))) * 4)
    statistics = collect_statistics(extract_split(posts).features)
    export_classifier(build_network(statistics), directory)


if __name__ == "__main__":
    write_model(Path(sys.argv[1]))
