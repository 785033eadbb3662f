"""Writes the model of a workload as it is before its training: its figures mean nothing, its speed
does.

`python -m bench.untrained_model --workload NAME DIRECTORY` exports `DIRECTORY/1`, prepared for the
validation split of the workload's data set. Needs `training/` on the import path.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import model_training.start  # noqa: F401, I001
from model_training.export import ExportedModel, export_model
from model_training.extraction import extract_split
from model_training.find_workload import find_workload

from local.training_sets.demo import DATA, demo_training_set

SPLIT = "validation"


def write_model(name: str, directory: Path) -> None:
    """Exports the model of a workload."""
    workload = find_workload(name)
    rows = demo_training_set(name, DATA / name).splits[SPLIT]
    options = workload.model.options()
    split = extract_split(workload.model, rows, SPLIT)
    prepared = workload.model.prepare(split.pieces, options)
    network = workload.model.network(prepared, options)
    served = ExportedModel(network, workload.model.serving(network, prepared, split.pieces))
    export_model(served, workload.schema, rows, directory)


def main(argv: Sequence[str]) -> int:
    """Writes the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workload", required=True, help="name of its folder")
    parser.add_argument("directory", type=Path, help="folder to write")
    arguments = parser.parse_args(argv)
    write_model(arguments.workload, arguments.directory)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
