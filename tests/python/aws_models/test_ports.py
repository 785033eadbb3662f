"""The planned security-group rules against the ports that features need, both ways round."""

from __future__ import annotations

import pytest

from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.ports import PORTS, Flow, planned_flows
from tests.python.aws_models.refusals.stack_plan import StackPlan


def _closed(plan: StackPlan) -> list[str]:
    planned = planned_flows(plan)
    return [
        f"{plan.stack}: no rule opens {flow}, which {row.feature} needs ({row.source})"
        for row in PORTS
        for flow in row.flows(plan)
        if flow not in planned
    ]


def _unexplained(plan: StackPlan) -> list[str]:
    needed = {flow for row in PORTS for flow in row.flows(plan)}
    return [
        f"{plan.stack}: nothing needs {rule.type} {rule.name}: {flow}"
        for flow, rule in planned_flows(plan).items()
        if flow not in needed
    ]


def test_every_port_that_a_feature_needs_is_open(stacks: list[StackPlan]) -> None:
    assert [sentence for plan in stacks for sentence in _closed(plan)] == []


def test_no_rule_opens_what_no_feature_needs(stacks: list[StackPlan]) -> None:
    assert [sentence for plan in stacks for sentence in _unexplained(plan)] == []


def test_every_row_is_about_something_planned(stacks: list[StackPlan]) -> None:
    assert [row.feature for row in PORTS if not any(list(row.flows(plan)) for plan in stacks)] == []


def test_no_list_of_a_subnet_stands_in_the_way(stacks: list[StackPlan]) -> None:
    # A VPC's own network ACL lets everything through; one of ours would need rows for both
    # directions.
    types = {resource.type for plan in stacks for resource in plan.resources}
    assert [one for one in types if "networkAcl" in one] == []


def test_a_group_takes_rules_of_its_own_only(stacks: list[StackPlan]) -> None:
    # Rules inside a group would be invisible to the table.
    inside = [
        group.name
        for plan in stacks
        for group in plan.of("SecurityGroup")
        if group.inputs.get("ingress") or group.inputs.get("egress")
    ]
    assert inside == []


@pytest.fixture
def prod(stacks: list[StackPlan]) -> StackPlan:
    """The stack that has every feature."""
    return next(plan for plan in stacks if plan.stack == "prod")


def _without(plan: StackPlan, name: str) -> StackPlan:
    return StackPlan(plan.stack, tuple(one for one in plan.resources if one.name != name))


@pytest.mark.parametrize(
    ("rule", "feature"),
    [
        ("spark-service-from-primary", "service access"),
        ("network-clients-from-key-exchange", "encrypted traffic"),
        ("network-clients-to-encrypted-peers", "encrypted traffic"),
        ("network-endpoints-https", "interface endpoints"),
    ],
)
def test_a_missing_rule_is_named(prod: StackPlan, rule: str, feature: str) -> None:
    (sentence,) = set(_closed(_without(prod, rule)))
    assert feature in sentence


def test_a_rule_too_many_is_named(prod: StackPlan) -> None:
    kind = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    inputs = {
        "securityGroupId": "sg-1",
        "cidrIpv4": "10.0.0.0/8",
        "ipProtocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
    }
    more = StackPlan("prod", (*prod.resources, Resource(kind, "shells", inputs)))
    flow = Flow("sg-1", "in", "10.0.0.0/8", "tcp", (22, 22))
    assert _unexplained(more) == [f"prod: nothing needs {kind} shells: {flow}"]
