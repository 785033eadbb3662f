"""A small training set, and the model trained on it in a few seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from model_training.columns import Column

from tests.python.training.training_sets import train_once, write_manifest, write_split

WORDS = {
    "negative": ("awful", "broken", "late", "rude"),
    "neutral": ("tuesday", "report", "gate", "number"),
    "positive": ("great", "lovely", "thanks", "perfect"),
}
ROWS = {"train": 240, "validation": 30, "test": 30}


def plain_post(number: int) -> dict[str, str]:
    """A post whose words determine its label; labels alternate."""
    label = tuple(WORDS)[number % 3]
    first, second = (WORDS[label][(number // 3 + step) % 4] for step in (0, 1))
    text = f"@carrier flight {number} was {first} and {second}"
    return {"example_id": f"e{number}", "text": text, "label": label}


@pytest.fixture(scope="session")
def training_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, train, validation and test."""
    directory = tmp_path_factory.mktemp("posts")
    first = 0
    for split, count in ROWS.items():
        write_split(directory / split, map(plain_post, range(first, first + count)))
        first += count
    columns = (Column("text", "string"), Column("label", "string"))
    write_manifest(directory, "sentiment", columns, ROWS)
    return directory


@pytest.fixture(scope="session")
def trained(training_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the version that one training run exported."""
    # Few steps: the words give the label away.
    arguments = ["--workload", "sentiment", "--epochs", "4", "--batch-size", "16"]
    return train_once(training_set, tmp_path_factory.mktemp("classifier"), *arguments)
