from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from model_training.manifest import read_manifest

from workloads.sensor_anomaly.demo import baseline
from workloads.sensor_anomaly.demo.events import NUMBERS, is_labelled
from workloads.sensor_anomaly.demo.training_set import read_split, split_of, write_training_set
from workloads.sensor_anomaly.tests.test_demo import write_data


def test_splits_by_the_numbers_with_their_lengths() -> None:
    numbers = dict(zip(NUMBERS, (50, -21, *range(7)), strict=True))
    text = "4:50.05:-21.0" + "".join(f"3:{number}.0" for number in range(7))
    bucket = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 10
    assert bucket == 2
    assert split_of(numbers) == "train"
    assert [split_of({**numbers, "f1": first}) for first in (0, 1, 2, 3, 4)] == [
        "test",
        "train",
        "train",
        "train",
        "validation",
    ]


def test_the_test_split_has_all_labels_others_those_that_arrive(tmp_path: Path) -> None:
    rows = write_training_set(write_data(tmp_path, 300), tmp_path / "set")
    assert sum(rows.values()) == 300
    manifest = read_manifest(tmp_path / "set", "sensor_anomaly")
    assert manifest.rows == rows
    assert [(column.name, column.type) for column in manifest.columns] == [
        *((name, "number") for name in NUMBERS),
        ("labelled", "boolean"),
        ("anomalous", "boolean"),
    ]
    for split in ("train", "validation", "test"):
        numbers, labelled, anomalous = read_split(tmp_path / "set", split)
        # The first number is the reading's own.
        for (first, *_), known, found in zip(numbers, labelled, anomalous, strict=True):
            assert known == (split == "test" or is_labelled(int(first)))
            assert found == (known and first % 5 == 0)


@pytest.mark.parametrize("select", [[], ["--select"]])
def test_prints_both_baselines(
    readings_set: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    select: list[str],
) -> None:
    monkeypatch.setattr(baseline, "_TREES", 10)
    assert baseline.main(["--training-set", str(readings_set), *select]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["name"] == "Isolation forest"
    assert printed["average_precision"] == 1.0
    assert printed["average_precision_of_logistic_regression"] == 1.0
    assert printed["seconds"] > 0


def test_names_what_is_missing_in_a_training_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert baseline.main(["--training-set", str(tmp_path)]) == 1
    assert "train holds no example. Expected *.json.gz" in capsys.readouterr().err
