"""What the Pulumi program plans, read from the program itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[3]

#: Seconds. The program takes about ten to load and plan.
_LONGEST_PLAN = 180


@dataclass(frozen=True)
class Resource:
    """One planned resource.

    Attributes:
        type: Pulumi's type token.
        name: Logical name.
        inputs: Inputs under Pulumi's names, all known.
    """

    type: str
    name: str
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Plans:
    """Resources by stack."""

    stacks: dict[str, list[Resource]]

    def resources(self, *types: str) -> Iterator[tuple[str, Resource]]:
        """Yields every resource with a label that says where it is; of some types, if given."""
        for stack, planned in self.stacks.items():
            for resource in planned:
                if not types or resource.type in types:
                    yield f"{stack}: {resource.type} {resource.name}", resource


def plan_stacks() -> Plans:
    """Runs the program for each stack.

    Raises:
        RuntimeError: The program failed; what it printed is in the message.
    """
    ended = subprocess.run(
        ["node", "-r", "tsx/cjs", "tests/shared/printPlannedStacks.ts"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=_LONGEST_PLAN,
        check=False,
    )
    if ended.returncode != 0:
        raise RuntimeError(f"The stacks could not be planned:\n{ended.stderr}")
    plans = json.loads(ended.stdout)
    return Plans(
        {
            stack: [Resource(one["type"], one["name"], one["inputs"]) for one in planned]
            for stack, planned in plans.items()
        }
    )
