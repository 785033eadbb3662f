"""Which ports a feature needs open, between whom.

To add a row: name the feature, when it is on, and every flow it needs, with the page that says so.
A planned rule that no flow explains fails, and so does a flow that no planned rule opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

# Everything, as EC2 writes it.
ALL = "-1"
# IPsec's Encapsulating Security Payload has a number and no ports.
ESP = "50"


@dataclass(frozen=True)
class Flow:
    """Packets that one security group lets out or in.

    Attributes:
        group: Id of the group whose rule it is.
        way: `in` or `out`.
        peer: Id of the other group, or a range of addresses.
        protocol: `tcp`, `udp`, a protocol's number, or `-1` for all.
        ports: First and last port; None where the protocol has none, or for all.
    """

    group: str
    way: str
    peer: str
    protocol: str
    ports: tuple[int, int] | None = None


@dataclass(frozen=True)
class PortRow:
    """What a feature needs. It is on where `flows` yields something."""

    feature: str
    flows: Callable[[StackPlan], Iterable[Flow]]
    source: str


_ANYWHERE = "0.0.0.0/0"


def _one(port: int) -> tuple[int, int]:
    return port, port


def _both_ways(group: str, peer: str, protocol: str, ports: tuple[int, int] | None) -> list[Flow]:
    return [Flow(group, way, peer, protocol, ports) for way in ("in", "out")]


def _cluster_groups(plan: StackPlan) -> tuple[str, str, str] | None:
    cluster = plan.one("Cluster")
    if cluster is None:
        return None
    ec2 = cluster.inputs["ec2Attributes"]
    return (
        ec2["emrManagedMasterSecurityGroup"],
        ec2["emrManagedSlaveSecurityGroup"],
        ec2["serviceAccessSecurityGroup"],
    )


def _inside_cluster(plan: StackPlan) -> Iterator[Flow]:
    if (groups := _cluster_groups(plan)) is not None:
        members = groups[:2]
        for group in members:
            yield from (Flow(group, "in", peer, ALL) for peer in members)
            # To each other, to EMR's service, to AWS and to package repositories.
            yield Flow(group, "out", _ANYWHERE, ALL)


def _service_access(plan: StackPlan) -> Iterator[Flow]:
    if (groups := _cluster_groups(plan)) is not None:
        primary, nodes, service = groups
        for group in (primary, nodes):
            yield Flow(group, "in", service, "tcp", _one(8443))
            yield Flow(service, "out", group, "tcp", _one(8443))
        yield Flow(service, "in", primary, "tcp", _one(9443))


def _sagemaker_groups(plan: StackPlan) -> set[str]:
    """Groups of jobs and models in the VPC."""
    configs = [plan.pipeline.get("Training", {}).get("VpcConfig")]
    processing = plan.pipeline.get("Processing", {}).get("NetworkConfig", {})
    configs.append(processing.get("VpcConfig"))
    found = {group for config in configs if config for group in config["SecurityGroupIds"]}
    for model in plan.of("Model"):
        found.update(model.inputs.get("vpcConfig", {}).get("securityGroupIds", []))
    return found


def _sagemaker_calls(plan: StackPlan) -> Iterator[Flow]:
    # The group is there in every stack, so that a job can move into the VPC without a new one.
    groups = _sagemaker_groups(plan) or {
        group.id for group in plan.of("SecurityGroup") if group.name.endswith("-clients")
    }
    for group in groups:
        yield Flow(group, "out", _ANYWHERE, "tcp", _one(443))


def _workers(plan: StackPlan) -> str | None:
    """The group in which several instances of one training job work, if they do."""
    training = plan.pipeline.get("Training", {})
    several = training.get("ResourceConfig", {}).get("InstanceCount", 1) > 1
    config = training.get("VpcConfig")
    return str(config["SecurityGroupIds"][0]) if several and config else None


def _gradients(plan: StackPlan) -> Iterator[Flow]:
    if (group := _workers(plan)) is not None:
        yield from _both_ways(group, group, "tcp", (0, 65535))


def _encrypted_gradients(plan: StackPlan) -> Iterator[Flow]:
    encrypted = plan.pipeline.get("Training", {}).get("EnableInterContainerTrafficEncryption")
    if encrypted and (group := _workers(plan)) is not None:
        yield from _both_ways(group, group, "udp", _one(500))
        yield from _both_ways(group, group, ESP, None)


def _interface_endpoints(plan: StackPlan) -> Iterator[Flow]:
    addresses = [vpc.inputs["cidrBlock"] for vpc in plan.of("Vpc") if vpc.type.startswith("aws:")]
    for endpoint in plan.of("VpcEndpoint"):
        for group in endpoint.inputs.get("securityGroupIds", []):
            yield from (Flow(group, "in", peer, "tcp", _one(443)) for peer in addresses)


PORTS = [
    PortRow(
        "EMR, nodes of one cluster",
        _inside_cluster,
        "EMR management guide, EMR-managed security groups, private subnets",
    ),
    PortRow(
        "EMR, service access in private subnets",
        _service_access,
        "EMR management guide, EMR-managed security group for service access",
    ),
    PortRow(
        "SageMaker in a VPC, calls of AWS services",
        _sagemaker_calls,
        "SageMaker developer guide, train-vpc, host-vpc: S3, ECR, CloudWatch by HTTPS",
    ),
    PortRow(
        "SageMaker in a VPC, distributed training",
        _gradients,
        "SageMaker developer guide, train-vpc: members of the group reach each other",
    ),
    PortRow(
        "SageMaker in a VPC, encrypted traffic between containers",
        _encrypted_gradients,
        "SageMaker developer guide, train-encrypt: UDP 500 and ESP 50, in and out, within the "
        "group",
    ),
    PortRow(
        "VPC interface endpoints",
        _interface_endpoints,
        "PrivateLink guide, interface endpoints, security groups: 443 from the VPC",
    ),
]


def planned_flows(plan: StackPlan) -> dict[Flow, Resource]:
    """Returns what the planned rules open."""
    rules = plan.of("SecurityGroupIngressRule", "SecurityGroupEgressRule")
    return {_flow(rule): rule for rule in rules}


def _flow(rule: Resource) -> Flow:
    inputs = rule.inputs
    ports = (inputs["fromPort"], inputs["toPort"]) if "fromPort" in inputs else None
    return Flow(
        group=inputs["securityGroupId"],
        way="in" if "Ingress" in rule.type else "out",
        peer=inputs.get("referencedSecurityGroupId") or inputs["cidrIpv4"],
        protocol=inputs["ipProtocol"],
        ports=ports,
    )
