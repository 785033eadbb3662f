"""The plans of a deployment, and the roles it may be made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.python.aws_models.deployment.calls import Asked, asked_of
from tests.python.aws_models.deployment.program import with_program
from tests.python.aws_models.deployment.roles import DeploymentRole, roles_of
from tests.python.aws_models.plans import resources_of, run_program
from tests.python.aws_models.refusals.stack_plan import StackPlan


@dataclass(frozen=True)
class Deployment:
    """What `bootstrap/` plans for dev and prod, and what the review says.

    Attributes:
        bootstrap: Its resources.
        roles: Its roles by logical name.
        everything: Plan of a stack that has every option; it is called prod.
        actions: Reviewed actions by type.
        reading: Those that look, at no contents.
        approval: Types that an approved model makes or changes.
    """

    bootstrap: StackPlan
    roles: Mapping[str, DeploymentRole]
    everything: StackPlan
    actions: Mapping[str, list[str]]
    reading: frozenset[str]
    approval: frozenset[str]

    def asked(self, plan: StackPlan) -> Iterator[Asked]:
        """Yields what making, reading, changing and deleting a stack asks of AWS."""
        whole = with_program(plan)
        for resource in whole.resources:
            # Components of our own only hold others together.
            if not resource.type.startswith("streaming-ml:"):
                yield from asked_of(whole, resource, self.actions[resource.type])


def plan_deployment() -> Deployment:
    """Runs the bootstrap program, and the program with every option."""
    printed = run_program("tests/bootstrap/printBootstrap.ts")
    bootstrap = StackPlan("account", tuple(resources_of(printed["bootstrap"])))
    return Deployment(
        bootstrap=bootstrap,
        roles=roles_of(bootstrap),
        everything=StackPlan("prod", tuple(resources_of(printed["everything"]))),
        actions=printed["actions"],
        reading=frozenset(printed["reading"]),
        approval=frozenset(printed["approval"]),
    )
