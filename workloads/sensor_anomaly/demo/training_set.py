"""Writes the readings as a training set, split as `training_set.py` splits them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from local.training_sets.files import SPLITS, read_rows, split_of_text, write_splits
from workloads.sensor_anomaly.demo.events import NUMBERS, is_labelled, read_readings


def split_of(numbers: Mapping[str, float]) -> str:
    """Returns the split of nine numbers, as `spark/streaming_ml/examples.py` does."""
    texts = [str(float(numbers[name])) for name in NUMBERS]
    joined = "".join(f"{len(text)}:{text}" for text in texts)
    return split_of_text(joined)


def write_training_set(data: Path, directory: Path) -> dict[str, int]:
    """Writes `manifest.json` and `<split>/part-0.json.gz`.

    In the training and validation splits, only readings whose labels reach the pipeline are
    labelled; in the test split all are, so that metrics use all anomalies.

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
    types = {**dict.fromkeys(NUMBERS, "number"), "labelled": "boolean", "anomalous": "boolean"}
    return write_splits(directory, "sensor_anomaly", types, rows)


def read_split(
    training_set: Path, split: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Reads a split.

    Returns:
        The numbers [rows, 9], whether the reading has a label [rows], and whether it is an anomaly
        [rows].

    Raises:
        FileNotFoundError: The training set has no such split, or it is empty.
    """
    rows = read_rows(training_set, split)
    return (
        np.array([[row[name] for name in NUMBERS] for row in rows], np.float64),
        np.array([row["labelled"] for row in rows], np.bool_),
        np.array([row["anomalous"] for row in rows], np.bool_),
    )
