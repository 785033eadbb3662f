"""Builds model archives with the deployed signature whose answers tell them apart.

``python -m tests.reliability.deployment.build_models DIRECTORY`` writes ``<name>.tar.gz`` for one
model per label, which gives that label to every text, and for ``crashes``, which no server loads.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import tensorflow as tf

LABELS = ("negative", "neutral", "positive")
BROKEN_GRAPH = b"not a SavedModel"


class ConstantModel(tf.Module):  # type: ignore[misc]
    """Gives one label to every text; takes and returns what the real model does."""

    def __init__(self, label: str) -> None:
        """Remembers the answer."""
        super().__init__()
        self._label = label

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[tf.TensorSpec([None], tf.string, name="text")]
    )
    def predict(self, text: Any) -> dict[str, Any]:
        """Answers for a batch of texts."""
        count = tf.shape(text)[0]
        scores = {f"score_{each}": float(each == self._label) for each in LABELS}
        return {
            "label": tf.fill([count], self._label, name="label"),
            **{name: tf.fill([count], score, name=name) for name, score in scores.items()},
        }


def write_models(directory: Path) -> None:
    """Writes every archive into a folder."""
    directory.mkdir(parents=True, exist_ok=True)
    for label in LABELS:
        model = ConstantModel(label)
        with tempfile.TemporaryDirectory() as scratch:
            tf.saved_model.save(
                model, f"{scratch}/1", signatures={"serving_default": model.predict}
            )
            with tarfile.open(directory / f"{label}.tar.gz", "w:gz") as archive:
                archive.add(f"{scratch}/1", "1")
    with tarfile.open(directory / "crashes.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("1/saved_model.pb")
        entry.size = len(BROKEN_GRAPH)
        archive.addfile(entry, io.BytesIO(BROKEN_GRAPH))


if __name__ == "__main__":
    write_models(Path(sys.argv[1]))
