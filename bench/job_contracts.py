"""The contracts of the job benchmark: a workload's, and two shapes that no workload has yet."""

from __future__ import annotations

import subprocess
from pathlib import Path

from local.events.contracts import EventContract, parse_contract, workload_contract

REPOSITORY = Path(__file__).resolve().parents[1]
SHAPES = REPOSITORY / "bench" / "contracts"


def workload_names() -> list[str]:
    """Names of the workloads, sorted."""
    return _folders(REPOSITORY / "workloads")


def shape_names() -> list[str]:
    """Names of the shapes beside the workloads, sorted."""
    return _folders(SHAPES)


def read_contract(name: str) -> EventContract:
    """Reads the contract of a shape, compiled as a deployment does it, or of a workload.

    Args:
        name: Name of the shape or of the workload.

    Raises:
        ContractError: Neither exists.
        subprocess.CalledProcessError: The schema of a shape is outside the subset.
    """
    schema = SHAPES / name / "event.schema.json"
    if not schema.exists():
        return workload_contract(name)
    command = ["node", "-r", "tsx/cjs", "contracts/event/main.ts", str(schema)]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True)
    return parse_contract(done.stdout, name)


def _folders(parent: Path) -> list[str]:
    return sorted(path.parent.name for path in parent.glob("*/event.schema.json"))
