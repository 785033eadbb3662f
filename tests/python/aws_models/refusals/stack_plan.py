"""One stack's plan, and how to find things in it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.python.aws_models.plans import Key, Resource


@dataclass(frozen=True)
class StackPlan:
    """The resources of one stack.

    Attributes:
        stack: Name of the stack.
        resources: All of them, components too.
    """

    stack: str
    resources: tuple[Resource, ...]

    def of(self, *types: str) -> Iterator[Resource]:
        """Yields resources by the last part of their type: `Cluster` for
        `aws:emr/cluster:Cluster`.
        """
        for resource in self.resources:
            if resource.type.rsplit(":", 1)[-1] in types:
                yield resource

    def one(self, *types: str) -> Resource | None:
        """Returns the first resource of a type, or None."""
        return next(self.of(*types), None)

    @cached_property
    def by_id(self) -> dict[str, Resource]:
        """Resources by the id the provider gave them."""
        return {resource.id: resource for resource in self.resources if resource.id}

    @cached_property
    def by_key(self) -> dict[Key, list[Resource]]:
        """Resources by type and name. A remote component registers itself twice, from both
        sides.
        """
        found: dict[Key, list[Resource]] = {}
        for resource in self.resources:
            found.setdefault(resource.key, []).append(resource)
        return found

    def role(self, arn: str) -> Resource:
        """Returns the role with an ARN.

        Raises:
            LookupError: The stack plans no such role.
        """
        name = arn.rsplit("/", 1)[-1]
        for role in self.of("Role"):
            if role.inputs["name"] == name:
                return role
        raise LookupError(f'{self.stack} plans no role "{arn}".')

    def key_of(self, arn: str) -> Resource | None:
        """Returns the KMS key with an ARN, or None when it is not one of the stack's."""
        return self.by_id.get(arn.rsplit("/", 1)[-1])

    @cached_property
    def pipeline(self) -> dict[str, dict[str, Any]]:
        """Arguments of the training pipeline's steps by type."""
        planned = self.one("Pipeline")
        if planned is None:
            return {}
        steps = _steps(json.loads(planned.inputs["pipelineDefinition"])["Steps"])
        return {step["Type"]: step["Arguments"] for step in steps}


def _steps(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yields steps, those behind conditions too."""
    for step in steps:
        yield step
        for branch in ("IfSteps", "ElseSteps"):
            yield from _steps(step["Arguments"].get(branch, []) if "Arguments" in step else [])
