"""What making, reading, changing and deleting a planned resource asks of AWS. Pure.

Each reviewed action of the resource's type, on the ARNs of all kinds that IAM holds the action to
and the resource is or names. Actions that a statement holds to conditions are in `conditions.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.python.aws_models.deployment.authorization import kinds_of
from tests.python.aws_models.deployment.compute_arns import COMPUTE
from tests.python.aws_models.deployment.conditions import CONDITIONAL, CONDITIONED
from tests.python.aws_models.deployment.data_arns import DATA
from tests.python.aws_models.deployment.network_arns import NETWORK
from tests.python.aws_models.deployment.serving_arns import SERVING
from tests.python.aws_models.deployment.templates import Arns, filled
from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

ARNS: Arns = {**NETWORK, **DATA, **COMPUTE, **SERVING}

# Reviewed actions that no call of a planned resource is, and why.
NEVER_SENT = {
    ("aws:apigateway/deployment:Deployment", "apigateway:PUT"): "deployments take no tags",
}


@dataclass(frozen=True)
class Asked:
    """One call's claim on one resource.

    Attributes:
        kind: What IAM calls such resources; empty for `*`.
        resource: ARN.
        context: Condition keys by their names in small letters.
    """

    type: str
    action: str
    kind: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


def asked_of(plan: StackPlan, resource: Resource, actions: list[str]) -> Iterator[Asked]:
    """Yields what a planned resource asks for.

    Args:
        plan: Holds the resource and what it names.
        resource: Its type has a row of ARNs.
        actions: The reviewed actions of its type.

    Raises:
        LookupError: Nobody has said on what, or with which condition keys, it asks for an action.
    """
    kind = resource.type
    for action in actions:
        if action in CONDITIONED:
            if (kind, action) not in CONDITIONAL:
                raise LookupError(
                    f"Nobody has said with which condition keys {kind} asks for {action}: add a "
                    "row to CONDITIONAL."
                )
            for arn, context in CONDITIONAL[kind, action](plan, resource):
                yield Asked(kind, action, kinds_of(action)[0], arn, context)
        elif not kinds_of(action):
            yield Asked(kind, action, "", "*")
        elif (kind, action) not in NEVER_SENT:
            yield from _on_resources(resource, action)


def _on_resources(resource: Resource, action: str) -> Iterator[Asked]:
    rows = ARNS[resource.type]
    held = [one for one in kinds_of(action) if one in rows]
    if not held:
        raise LookupError(
            f"Nobody has said which {', '.join(kinds_of(action))} a {resource.type} asks "
            f"{action} of: add it to its row of ARNs, or to NEVER_SENT."
        )
    for kind in held:
        for template in rows[kind]:
            for arn in filled(template, resource):
                yield Asked(resource.type, action, kind, arn)
