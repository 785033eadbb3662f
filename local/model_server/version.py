"""Finds the version that is served, without TensorFlow."""

from __future__ import annotations

from pathlib import Path


class ModelLoadError(Exception):
    """The model cannot be served; the message has the reason."""


def find_version(model_directory: Path) -> int:
    """Returns the highest version below the model directory, which TensorFlow Serving serves, too.

    Raises:
        ModelLoadError: No folder with a number as its name contains a `saved_model.pb`.
    """
    if not model_directory.is_dir():
        raise ModelLoadError(f"The model directory {model_directory} does not exist.")
    versions = [
        int(entry.name)
        for entry in model_directory.iterdir()
        if entry.name.isdecimal() and (entry / "saved_model.pb").is_file()
    ]
    if not versions:
        raise ModelLoadError(
            f"No servable version in {model_directory}: expected <number>/saved_model.pb, "
            f"found {sorted(entry.name for entry in model_directory.iterdir())}."
        )
    return max(versions)
