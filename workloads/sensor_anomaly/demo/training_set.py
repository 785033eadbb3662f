"""The shuttle's readings as a training set on disk, split as `training_set.py` splits them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workloads.sensor_anomaly.demo.events import NUMBERS, is_labelled, read_readings

SPLITS = ("train", "validation", "test")


def split_of(numbers: Mapping[str, float]) -> str:
    """The split of nine numbers, as in `spark/streaming_ml/examples.py`: eight to one to one."""
    texts = [str(float(numbers[name])) for name in NUMBERS]
    joined = "".join(f"{len(text)}:{text}" for text in texts)
    bucket = int(hashlib.sha256(joined.encode()).hexdigest()[:8], 16) % 10
    return SPLITS[0] if bucket < 8 else SPLITS[1] if bucket < 9 else SPLITS[2]


def write_training_set(data: Path, directory: Path) -> dict[str, int]:
    """Writes `manifest.json` and `<split>/part-0.json.gz`.

    Of the readings to learn from, those are labelled whose labels reach the pipeline; of the test
    split all are, so that a figure is of as many anomalies as there are.

    Args:
        data: Folder of the data set.
        directory: Folder to write.

    Returns:
        Rows per split.
    """
    rows: dict[str, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    for number, (numbers, anomalous) in enumerate(read_readings(data)):
        split = split_of(numbers)
        labelled = split == "test" or is_labelled(number)
        rows[split].append(
            {
                "example_id": f"reading-{number:06d}",
                **{name: float(value) for name, value in numbers.items()},
                "labelled": labelled,
                "anomalous": labelled and anomalous,
            }
        )
    for split, examples in rows.items():
        directory.joinpath(split).mkdir(parents=True)
        with gzip.open(directory / split / "part-0.json.gz", mode="wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(example)}\n" for example in examples)
    counts = {split: len(examples) for split, examples in rows.items()}
    types = {**dict.fromkeys(NUMBERS, "number"), "labelled": "boolean", "anomalous": "boolean"}
    manifest = {
        "workload": "sensor_anomaly",
        "columns": [{"name": name, "type": kind, "array": False} for name, kind in types.items()],
        "splits": {split: {"rows": count} for split, count in counts.items()},
    }
    directory.joinpath("manifest.json").write_text(json.dumps(manifest))
    return counts


def read_split(
    training_set: Path, split: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Reads a split.

    Returns:
        The numbers [rows, 9], whether somebody said what the reading was [rows], and whether it was
        an anomaly [rows].

    Raises:
        FileNotFoundError: The training set has no such split, or nothing is in it.
    """
    rows = []
    for path in sorted(training_set.joinpath(split).glob("*.json.gz")):
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            rows += [json.loads(line) for line in file]
    if not rows:
        raise FileNotFoundError(
            f"{training_set / split} holds no example. Expected *.json.gz of a training set."
        )
    return (
        np.array([[row[name] for name in NUMBERS] for row in rows], np.float64),
        np.array([row["labelled"] for row in rows], np.bool_),
        np.array([row["anomalous"] for row in rows], np.bool_),
    )
