"""The files of `contracts/`, which TypeScript, Python and Java share."""

from __future__ import annotations

import json
import pkgutil
from pathlib import Path
from typing import Any


def load_shared_contract(name: str) -> Any:
    """Returns the content of a JSON file of `contracts/`: from the code archive or the repository.

    Args:
        name: Name of the file.

    Raises:
        FileNotFoundError: Neither has the file.
    """
    try:
        packaged = pkgutil.get_data("streaming_ml", f"contracts/{name}")
    except OSError:
        packaged = None
    if packaged is not None:
        return json.loads(packaged)
    in_repository = Path(__file__).resolve().parents[2] / "contracts" / name
    if not in_repository.is_file():
        raise FileNotFoundError(
            f"{name} is neither in the code archive (streaming_ml/contracts) nor at "
            f"{in_repository}. Build the archive with the contracts folder in it."
        )
    return json.loads(in_repository.read_text(encoding="utf-8"))
