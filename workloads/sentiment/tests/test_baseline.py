from __future__ import annotations

import json
from pathlib import Path

import pytest
from model_training.manifest import read_manifest

from workloads.sentiment.demo import baseline
from workloads.sentiment.demo.training_set import (
    normalised_text,
    read_split,
    split_of,
    write_training_set,
)


def test_normalises_as_the_training_set_job_does() -> None:
    assert normalised_text("  Two\u00a0 \tWords\u3000HERE ") == "two words here"


def test_splits_by_the_first_bits_of_the_hash() -> None:
    # The first 32 bits of SHA-256 modulo 10: "g" 0xcd0aa985 gives 7, "i" 0xde7d1b72 gives 8,
    # "e" 0x3f79bb7b gives 9.
    assert [split_of(text) for text in ("g", "i", "I ", "e")] == [
        "train",
        "validation",
        "validation",
        "test",
    ]


def test_equal_texts_are_one_example_with_the_last_label(tmp_path: Path) -> None:
    corpus = tmp_path / "tweets.csv"
    corpus.write_text("sentiment,confidence,text\nnegative,1,B\nneutral,1,c\npositive,1, b\n")
    rows = write_training_set(tmp_path, tmp_path / "set")
    assert rows == {"train": 2, "validation": 0, "test": 0}
    manifest = read_manifest(tmp_path / "set", "sentiment")
    assert manifest.rows == rows
    assert [(column.name, column.type) for column in manifest.columns] == [
        ("text", "string"),
        ("label", "string"),
    ]
    assert read_split(tmp_path / "set", "train") == ([" b", "c"], ["positive", "neutral"])
    with pytest.raises(FileNotFoundError, match="test holds no example"):
        read_split(tmp_path / "set", "test")


@pytest.mark.parametrize("select", [[], ["--select"]])
def test_prints_the_baseline(
    training_set: Path, capsys: pytest.CaptureFixture[str], select: list[str]
) -> None:
    assert baseline.main(["--training-set", str(training_set), *select]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["name"] == "TF-IDF and logistic regression"
    assert printed["macro_f1"] == 1.0
    assert printed["accuracy"] == 1.0
    assert printed["seconds"] > 0


def test_names_what_is_missing_in_a_training_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert baseline.main(["--training-set", str(tmp_path)]) == 1
    assert "train holds no example. Expected *.json.gz" in capsys.readouterr().err
