"""Invented lamps."""

from __future__ import annotations

from pathlib import Path

from local.training_sets.files import SPLITS, write_splits

COLUMNS = {"watts": "number", "lumen": "number"}


def write_training_set(data: Path, directory: Path) -> dict[str, int]:
    """Writes ten lamps of each split; the data set is their efficiency."""
    efficiency = float(data.joinpath("efficiency.txt").read_text())
    rows = [
        {"example_id": str(watts), "watts": float(watts), "lumen": efficiency * watts}
        for watts in range(1, 11)
    ]
    return write_splits(
        directory, Path(__file__).parents[1].name, COLUMNS, dict.fromkeys(SPLITS, rows)
    )
