"""The folder that a training container unpacks: `training/` and the workload, side by side."""

from __future__ import annotations

from pathlib import Path

from tests.python.training.training_sets import OTHER_WORKLOADS

REPOSITORY = Path(__file__).resolve().parents[3]


def link_code(directory: Path, workload: Path = OTHER_WORKLOADS / "greenhouse") -> Path:
    """Makes the folder, out of links to the sources."""
    directory.mkdir()
    for source in sorted(REPOSITORY.joinpath("training").iterdir()):
        if source.suffix == ".py" or source.joinpath("__init__.py").is_file():
            directory.joinpath(source.name).symlink_to(source)
    packages = directory / "workloads"
    packages.mkdir()
    for source in (REPOSITORY / "workloads" / "__init__.py", workload):
        packages.joinpath(source.name).symlink_to(source)
    return directory
