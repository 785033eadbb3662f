"""What the Pulumi program plans, read from the program itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[3]

# Seconds. The program takes about ten to load and plan.
_LONGEST_PLAN = 180


# Type token and logical name, which no two resources of a stack share.
Key = tuple[str, str]


@dataclass(frozen=True)
class Resource:
    """One planned resource.

    Attributes:
        type: Pulumi's type token.
        name: Logical name.
        inputs: Inputs under Pulumi's names, all known.
        id: What the provider named it.
        parent: The component it belongs to, or None for the stack.
        dependencies: What the engine is told it waits for: `dependsOn`, where a component stands
            for its children, and whatever its inputs come from.
    """

    type: str
    name: str
    inputs: dict[str, Any]
    id: str = ""
    parent: Key | None = None
    dependencies: tuple[Key, ...] = ()

    @property
    def key(self) -> Key:
        """What the plan knows it by."""
        return self.type, self.name


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
    plans = run_program("tests/shared/printPlannedStacks.ts")
    return Plans({stack: resources_of(planned) for stack, planned in plans.items()})


def run_program(script: str) -> dict[str, Any]:
    """Returns what a script of the repository prints as JSON.

    Raises:
        RuntimeError: It failed; what it printed is in the message.
    """
    ended = subprocess.run(
        ["node", "-r", "tsx/cjs", script],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=_LONGEST_PLAN,
        check=False,
    )
    if ended.returncode != 0:
        raise RuntimeError(f"{script} could not plan:\n{ended.stderr}")
    printed: dict[str, Any] = json.loads(ended.stdout)
    return printed


def resources_of(planned: list[dict[str, Any]]) -> list[Resource]:
    """Reads a printed plan."""
    return [_resource(one) for one in planned]


def _resource(planned: dict[str, Any]) -> Resource:
    return Resource(
        type=planned["type"],
        name=planned["name"],
        inputs=planned["inputs"],
        id=planned.get("id") or "",
        parent=_key(planned["parent"]) if planned["parent"] else None,
        dependencies=tuple(_key(urn) for urn in planned["dependencies"]),
    )


def _key(urn: str) -> Key:
    """`urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`"""
    _, _, types, name = urn.split("::", 3)
    return types.rsplit("$", 1)[-1], name
