"""Rooms, and models that say whether they are warm: what `other_workloads/climate` is about."""

from __future__ import annotations

import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tensorflow as tf
from model_training.columns import Column

from tests.python.training.training_sets import write_manifest, write_split

GROUP = "streaming-ml-test"
BUCKET = "models"
CLIMATE = ["--workload", "climate", "--gate-metric", "agreement"]
ALONE = [*CLIMATE, "--compare-with", "none"]
COMPARED = [*CLIMATE, "--model-package-group", GROUP]

COLUMNS = (
    Column("temperatures", "number", array=True),
    Column("place", "string"),
    Column("level", "integer"),
    Column("indoors", "boolean"),
    Column("felt_warm", "boolean"),
)

# Sums of their temperatures: 10, 20, 30, 40.
ROOMS: Sequence[dict[str, Any]] = (
    {"temperatures": [10.0], "place": "cellar", "level": -1, "indoors": True, "felt_warm": False},
    {"temperatures": [9.5, 10.5], "place": "hall", "level": 0, "indoors": True, "felt_warm": False},
    {"temperatures": [30.0], "place": "loft", "level": 3, "indoors": True, "felt_warm": True},
    {"temperatures": [], "place": "garden", "level": 40, "indoors": False, "felt_warm": True},
)


class Room(tf.Module):  # type: ignore[misc]
    """Predicts `warm` above a threshold."""

    def __init__(self, threshold: float, nearest: int = 2) -> None:
        super().__init__()
        self._threshold = threshold
        self._nearest = nearest

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None, None], tf.float64, name="temperatures"),
            tf.TensorSpec([None], tf.string, name="place"),
            tf.TensorSpec([None], tf.int64, name="level"),
            tf.TensorSpec([None], tf.bool, name="indoors"),
        ]
    )
    def predict(self, temperatures: Any, place: Any, level: Any, indoors: Any) -> dict[str, Any]:
        """The sum of the temperatures indoors, the level outdoors."""
        degrees = tf.where(indoors, tf.reduce_sum(temperatures, axis=1), tf.cast(level, tf.float64))
        return {
            "warm": degrees >= self._threshold,
            # A network's own type.
            "degrees": tf.cast(degrees, tf.float32),
            "nearest": tf.tile(place[:, tf.newaxis], [1, self._nearest]),
        }


def save_model(saved: Path, module: tf.Module) -> Path:
    """Exports a module with the signature that is served."""
    tf.saved_model.save(module, str(saved), signatures={"serving_default": module.predict})
    return saved


def pack_model(folder: Path, module: tf.Module) -> Path:
    """Writes `folder/model.tar.gz`."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = save_model(folder / "saved", module)
    artifact = folder / "model.tar.gz"
    with tarfile.open(artifact, mode="w:gz") as archive:
        archive.add(saved, arcname="1")
    return artifact


def write_test_split(
    base: Path, columns: Sequence[Column] = COLUMNS, rooms: Sequence[dict[str, Any]] = ROOMS
) -> None:
    """Writes `base/test` and `base/manifest`."""
    rows = ({"example_id": str(number), **room} for number, room in enumerate(rooms))
    write_split(base / "test", rows)
    write_manifest(base / "manifest", "climate", columns, {"test": len(rooms)})
