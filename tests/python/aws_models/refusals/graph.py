"""Who waits for whom in a plan, as Pulumi's engine counts it. Pure."""

from __future__ import annotations

from tests.python.aws_models.plans import Key, Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

# Components of other programs: depending on one is depending on everything below it. For a
# component of our own the SDK names its children itself.
_REMOTE = "awsx:"


class Waits:
    """The transitive closure over dependencies and parents.

    A resource waits for its parent, and with it for what the parent depends on: its registration
    needs the parent's URN, which the SDK has only once all that the parent depends on exists.
    """

    def __init__(self, plan: StackPlan) -> None:
        self._plan = plan
        self._children: dict[Key, list[Key]] = {}
        for resource in plan.resources:
            if resource.parent is not None:
                self._children.setdefault(resource.parent, []).append(resource.key)
        self._known: dict[Key, frozenset[Key]] = {}

    def of(self, resource: Resource) -> frozenset[Key]:
        """Returns everything that exists before a resource is made."""
        if resource.key not in self._known:
            found: set[Key] = set()
            open_ends = self._directly(resource.key)
            while open_ends:
                key = open_ends.pop()
                if key not in found:
                    found.add(key)
                    open_ends += self._directly(key)
                    if key[0].startswith(_REMOTE):
                        open_ends += self._below(key)
            self._known[resource.key] = frozenset(found - {resource.key})
        return self._known[resource.key]

    def _directly(self, key: Key) -> list[Key]:
        return [
            waited
            for resource in self._plan.by_key.get(key, [])
            for waited in [*resource.dependencies, *([resource.parent] if resource.parent else [])]
        ]

    def _below(self, key: Key) -> list[Key]:
        children = self._children.get(key, [])
        return [
            *children,
            *(below for child in children if child != key for below in self._below(child)),
        ]
