"""Who must exist before whom, over the plan of each stack.

Proves the order that Pulumi's engine keeps; not that these demands are all that AWS has.
"""

from __future__ import annotations

from dataclasses import replace

from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.graph import Waits
from tests.python.aws_models.refusals.order import ORDER, OrderRow
from tests.python.aws_models.refusals.stack_plan import StackPlan


def _early(plan: StackPlan, rows: list[OrderRow] = ORDER) -> list[str]:
    waits = Waits(plan)
    return [
        f"{plan.stack}: {later.type} {later.name} does not wait for {first.type} {first.name}: "
        f"{row.why} "
        f"({row.source}). Add it to dependsOn"
        for row in rows
        for later in row.later(plan)
        for first in row.first(plan, later)
        if first.key not in waits.of(later)
    ]


def test_everything_comes_after_what_it_needs(stacks: list[StackPlan]) -> None:
    assert [sentence for plan in stacks for sentence in _early(plan)] == []


def test_every_row_is_about_something_planned(stacks: list[StackPlan]) -> None:
    idle = [
        row.why
        for row in ORDER
        if not any(list(row.first(plan, later)) for plan in stacks for later in row.later(plan))
    ]
    assert idle == []


def _resource(
    name: str, *dependencies: str, parent: str | None = None, kind: str = "t"
) -> Resource:
    return Resource(
        kind,
        name,
        {},
        parent=("t", parent) if parent else None,
        dependencies=tuple(("t", one) for one in dependencies),
    )


def test_a_resource_waits_for_what_its_parent_waits_for() -> None:
    child = _resource("child", parent="parent")
    plan = StackPlan("s", (_resource("first"), _resource("parent", "first"), child))
    assert Waits(plan).of(child) == {("t", "parent"), ("t", "first")}


def test_depending_on_a_remote_component_is_depending_on_what_lies_below_it() -> None:
    vpc = Resource("awsx:ec2:Vpc", "vpc", {})
    route = Resource("t", "route", {}, parent=vpc.key)
    later = replace(_resource("later"), dependencies=(vpc.key,))
    assert route.key in Waits(StackPlan("s", (vpc, route, later))).of(later)


def test_what_nobody_waits_for_is_named() -> None:
    row = OrderRow(
        lambda plan: [plan.resources[1]],
        lambda plan, _: [plan.resources[0]],
        "It is refused.",
        "a page",
    )
    plan = StackPlan("s", (_resource("rule"), _resource("cluster")))
    assert _early(plan, [row]) == [
        "s: t cluster does not wait for t rule: It is refused. (a page). Add it to dependsOn"
    ]
