"""What the program itself looks up before it plans, as one more resource. Pure."""

from __future__ import annotations

from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

_FIELDS = {
    "StreamingJobStep": ("bucket", "clusterId"),
    "EndpointDeployment": ("endpointName", "endpointConfigName", "modelName"),
    "TrainingRemains": ("modelPackageGroupName",),
}


def with_program(plan: StackPlan) -> StackPlan:
    """Returns a plan with the stack itself, which asks about what runs and serves."""
    inputs = {
        field: resource.inputs[field]
        for kind, fields in _FIELDS.items()
        for resource in plan.of(kind)
        for field in fields
    }
    stack = Resource(type="pulumi:pulumi:Stack", name=f"streaming-ml-{plan.stack}", inputs=inputs)
    return StackPlan(plan.stack, (*plan.resources, stack))
