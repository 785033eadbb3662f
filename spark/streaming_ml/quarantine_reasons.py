"""Why a record may be refused: `contracts/quarantine-reasons.json`, which all languages share."""

from __future__ import annotations

import json
import pkgutil
from pathlib import Path

_NAME = "quarantine-reasons.json"


def load_quarantine_reasons() -> tuple[str, ...]:
    """Returns every reason, in the file's order: from the code archive, else the repository.

    Raises:
        FileNotFoundError: Neither place holds the file.
    """
    try:
        packaged = pkgutil.get_data("streaming_ml", f"contracts/{_NAME}")
    except OSError:
        packaged = None
    if packaged is not None:
        return tuple(json.loads(packaged))
    in_repository = Path(__file__).resolve().parents[2] / "contracts" / _NAME
    if not in_repository.is_file():
        raise FileNotFoundError(
            f"{_NAME} is neither in the code archive (streaming_ml/contracts) nor at "
            f"{in_repository}. Build the archive with the contracts folder in it."
        )
    return tuple(json.loads(in_repository.read_text(encoding="utf-8")))
