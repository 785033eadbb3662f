"""Reads the compiled event contracts of workloads with the code of the streaming job."""

from __future__ import annotations

import re
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

# The code that reads contracts is deployed with the job; its folder is not an import root of tools.
if str(REPOSITORY / "spark") not in sys.path:
    sys.path.append(str(REPOSITORY / "spark"))

from streaming_ml.contract import (  # noqa: E402
    EventContract,
    EventField,
    EventObject,
    parse_contract,
)
from streaming_ml.secret_key import read_hash_key  # noqa: E402

__all__ = [
    "EventContract",
    "EventField",
    "EventObject",
    "parse_contract",
    "read_hash_key",
    "stack_workload",
    "workload_contract",
]

_CONFIGURED = re.compile(r"^  streaming-ml:workload: (\w+)$", re.MULTILINE)


def workload_contract(workload: str) -> EventContract:
    """Reads a contract that `make setup` has compiled.

    Args:
        workload: Its name.

    Raises:
        FileNotFoundError: There is no such workload, or it is newer than the last `make setup`.
        ContractError: It is not a contract that the job reads.
    """
    file = REPOSITORY / ".local" / "contracts" / f"{workload}.json"
    if not file.is_file():
        raise FileNotFoundError(
            f"There is no event contract at {file}: run `make setup`, which compiles those of "
            "workloads/."
        )
    return parse_contract(file.read_text(encoding="utf-8"), str(file))


def stack_workload(stack: str = "local") -> str:
    """Returns the workload in the file of a stack, by default of the local one.

    Raises:
        ValueError: The file has none.
    """
    file = REPOSITORY / f"Pulumi.{stack}.yaml"
    found = _CONFIGURED.search(file.read_text())
    if found is None:
        raise ValueError(f"{file} has no line `streaming-ml:workload: NAME` below `config:`.")
    return found[1]
