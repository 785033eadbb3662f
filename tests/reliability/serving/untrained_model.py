"""Writes the model that would be served, as it is before its training.

`python -m tests.reliability.serving.untrained_model DIRECTORY` exports `DIRECTORY/1`: the real text
handling and the real layers, so what they do with odd text shows; what they answer means nothing.
Needs `training/` on the import path.
"""

from __future__ import annotations

import sys
from pathlib import Path

from model_training.batches import extract_split
from model_training.examples import Examples

from workloads.sentiment.classifier.corpus_statistics import collect_statistics
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.network import build_network
from workloads.sentiment.classifier.serving import export_classifier

_WORDS = ("awful delay", "gate number", "great thanks")


def write_model(directory: Path) -> None:
    """Exports a model with the vocabulary of three posts."""
    posts = Examples(texts=_WORDS * 4, labels=tuple(range(len(LABELS))) * 4)
    statistics = collect_statistics(extract_split(posts).features)
    export_classifier(build_network(statistics), directory)


if __name__ == "__main__":
    write_model(Path(sys.argv[1]))
