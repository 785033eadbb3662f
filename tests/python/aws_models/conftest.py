"""The resources of all stacks, planned once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.python.aws_models.deployment.deployment import Deployment, plan_deployment
from tests.python.aws_models.plans import Plans, plan_stacks
from tests.python.aws_models.refusals.stack_plan import StackPlan


@pytest.fixture(scope="session")
def plans() -> Iterator[Plans]:
    """Every resource of every stack, with inputs as AWS's provider would send them."""
    yield plan_stacks()


@pytest.fixture(scope="session")
def stacks(plans: Plans) -> list[StackPlan]:
    """The plan of each stack, one by one."""
    return [StackPlan(stack, tuple(planned)) for stack, planned in plans.stacks.items()]


@pytest.fixture(scope="session")
def deployment() -> Deployment:
    """What `bootstrap/` plans, and a stack that has every option."""
    return plan_deployment()
