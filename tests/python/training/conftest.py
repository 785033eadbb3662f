"""A training set so small and plain that a few seconds suffice, and the model trained on it."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import train

PRINTED = "printed.txt"
"""Beside the trained model: what its training wrote to standard output."""

WORDS = {
    "negative": ("awful", "broken", "late", "rude"),
    "neutral": ("tuesday", "report", "gate", "number"),
    "positive": ("great", "lovely", "thanks", "perfect"),
}


def write_split(directory: Path, rows: Iterable[object], name: str = "part-0.json.gz") -> Path:
    """Writes rows as gzip JSON Lines; a string stands as it is."""
    directory.mkdir(parents=True, exist_ok=True)
    with gzip.open(directory / name, mode="wt", encoding="utf-8") as file:
        for row in rows:
            file.write((row if isinstance(row, str) else json.dumps(row)) + "\n")
    return directory


def plain_rows(count: int, offset: int = 0) -> list[dict[str, str]]:
    """Posts whose words give their label away, classes in turn."""
    rows = []
    for number in range(offset, offset + count):
        label = tuple(WORDS)[number % 3]
        first, second = (WORDS[label][(number // 3 + step) % 4] for step in (0, 1))
        text = f"@carrier flight {number} was {first} and {second}"
        rows.append({"event_id": f"e{number}", "text": text, "label": label})
    return rows


@pytest.fixture(scope="session")
def training_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with train, validation and test."""
    directory = tmp_path_factory.mktemp("training-set")
    for split, count, offset in (("train", 240, 0), ("validation", 30, 300), ("test", 30, 400)):
        write_split(directory / split, plain_rows(count, offset))
    return directory


def run_training(
    training_set: Path, model: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> int:
    """Runs the script's main in this process, as one host."""
    monkeypatch.setenv("SM_CHANNEL_TRAIN", str(training_set / "train"))
    monkeypatch.setenv("SM_CHANNEL_VALIDATION", str(training_set / "validation"))
    monkeypatch.setenv("SM_MODEL_DIR", str(model))
    monkeypatch.delenv("SM_HOSTS", raising=False)
    # Few steps: the words give the label away.
    return train.main(["--epochs", "4", "--batch-size", "16", *arguments])


@pytest.fixture(scope="session")
def trained(training_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SM_MODEL_DIR of one training run, with arguments that the script does not know."""
    directory = tmp_path_factory.mktemp("trained")
    model = directory / "model"
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        directory.joinpath(PRINTED).open("w") as printed,
        contextlib.redirect_stdout(printed),
    ):
        assert run_training(training_set, model, monkeypatch, "--model_dir", "s3://x/y") == 0
    return model
