"""The contracts that flow between the rooms, as the job's Python code needs them.

What a record must look like is read from `event.schema.json` by `streamingml.events.EventContract`.
"""

from __future__ import annotations

import json
import pkgutil
from pathlib import Path
from typing import Any


class ContractError(Exception):
    """A contract cannot be had."""


def read_contract(name: str) -> Any:
    """Reads a contract: from the archive the cluster gets, else from the repository.

    Args:
        name: File name, for example `event.schema.json`.

    Raises:
        ContractError: Neither place holds it.
    """
    try:
        packaged = pkgutil.get_data("streaming_ml", f"contracts/{name}")
    except OSError:
        packaged = None
    if packaged is not None:
        return json.loads(packaged)
    in_repository = Path(__file__).resolve().parents[2] / "contracts" / name
    if not in_repository.is_file():
        raise ContractError(
            f"The contract {name} is neither in the code archive (streaming_ml/contracts) "
            f"nor at {in_repository}. Build the archive with the contracts folder in it."
        )
    return json.loads(in_repository.read_text(encoding="utf-8"))


def load_labels() -> tuple[str, ...]:
    """Returns the values of an event's `label`, in the order of the contract."""
    allowed = read_contract("event.schema.json")["properties"]["label"]["enum"]
    return tuple(value for value in allowed if value is not None)


def load_quarantine_reasons() -> tuple[str, ...]:
    """Returns every reason a record may be quarantined for, in the order of the contract."""
    return tuple(read_contract("quarantine-reasons.json"))
