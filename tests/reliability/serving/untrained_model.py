"""Writes the model that would be served, as it is before its training.

`python -m tests.reliability.serving.untrained_model DIRECTORY` exports `DIRECTORY/1`: the real text
handling and the real layers, so what they do with odd text shows; what they answer means nothing.
Needs `training/` on the import path.
"""

from __future__ import annotations

import sys
from pathlib import Path

import model_training.start  # noqa: F401, I001
import numpy as np
from model_training.export import ExportedModel, export_model
from model_training.extraction import extract_split
from model_training.find_workload import find_workload

_POSTS = {
    "text": np.array(["awful delay", "gate number", "great thanks"] * 4, dtype=np.object_),
    "label": np.array(["negative", "neutral", "positive"] * 4, dtype=np.object_),
}


def write_model(directory: Path) -> None:
    """Exports a model with the vocabulary of three posts."""
    workload = find_workload("sentiment")
    posts = extract_split(workload.model, _POSTS, "train").pieces
    options = workload.model.options()
    prepared = workload.model.prepare(posts, options)
    network = workload.model.network(prepared, options)
    served = ExportedModel(network, workload.model.serving(network, prepared, posts))
    export_model(served, workload.schema, _POSTS, directory)


if __name__ == "__main__":
    write_model(Path(sys.argv[1]))
