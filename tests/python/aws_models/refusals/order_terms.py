"""The resources that the rows of the table of order speak of. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

Later = Callable[[StackPlan], Iterable[Resource]]
First = Callable[[StackPlan, Resource], Iterable[Resource]]


def types(*types: str) -> Later:
    """Every resource of the given types."""
    return lambda plan: plan.of(*types)


def all_of(*types: str) -> First:
    """Every resource of the given types, whatever the later one says."""
    return lambda plan, _: plan.of(*types)


def rules_of_its_groups(plan: StackPlan, cluster: Resource) -> Iterable[Resource]:
    """Rules of the groups that a cluster names."""
    groups = {
        value for name, value in cluster.inputs["ec2Attributes"].items() if name.endswith("Group")
    }
    for rule in plan.of("SecurityGroupIngressRule", "SecurityGroupEgressRule"):
        if rule.inputs["securityGroupId"] in groups:
            yield rule


def rights_of(*role_inputs: str) -> First:
    """Policies of the roles that inputs name, which may lie inside JSON text."""

    def rights(plan: StackPlan, later: Resource) -> Iterable[Resource]:
        named = " ".join(str(later.inputs.get(name, "")) for name in role_inputs)
        for policy in plan.of("RolePolicy", "RolePolicyAttachment"):
            if f"role/{policy.inputs['role']}" in named:
                yield policy

    return rights


def rights_of_its_roles(plan: StackPlan, cluster: Resource) -> Iterable[Resource]:
    """Policies that a cluster cannot start without."""
    # What jobs on it need is the jobs' own business: they come after the cluster.
    profile = plan.one("InstanceProfile")
    roles = {cluster.inputs["serviceRole"].rsplit("/", 1)[-1]}
    if profile is not None:
        roles.add(profile.inputs["role"])
    for policy in plan.of("RolePolicy", "RolePolicyAttachment"):
        if policy.inputs["role"] in roles and _belongs_to_the_cluster(policy):
            yield policy


def _belongs_to_the_cluster(policy: Resource) -> bool:
    own = policy.parent is not None and policy.parent[0].endswith(":SparkCluster")
    return own or "/logs/*" in policy.inputs.get("policy", "")


def rights_of_the_nodes(plan: StackPlan, _: Resource) -> Iterable[Resource]:
    """Every policy of the role that jobs act as."""
    profile = plan.one("InstanceProfile")
    for policy in plan.of("RolePolicy", "RolePolicyAttachment"):
        if profile is not None and policy.inputs["role"] == profile.inputs["role"]:
            yield policy


_SETTINGS = (
    "BucketPolicy",
    "BucketPublicAccessBlock",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
)


def settings_of(*inputs: str) -> First:
    """Settings of every bucket that inputs name, anywhere in them."""

    def settings(plan: StackPlan, later: Resource) -> Iterable[Resource]:
        named = " ".join(str(later.inputs.get(name, "")) for name in inputs)
        for setting in plan.of(*_SETTINGS):
            if setting.inputs["bucket"] in named:
                yield setting

    return settings


def of_its_bucket(setting: str) -> First:
    """Settings of one type of the bucket that the later one is about."""
    return lambda plan, later: (
        one for one in plan.of(setting) if one.inputs["bucket"] == later.inputs["bucket"]
    )


def ways_out(plan: StackPlan, _: Resource) -> Iterable[Resource]:
    """What the VPC consists of beside its subnets."""
    yield from plan.of("Route", "RouteTableAssociation", "NatGateway", "VpcEndpoint")
    for rule in plan.of("SecurityGroupIngressRule", "SecurityGroupEgressRule"):
        if rule.parent is not None and rule.parent[0].endswith(":Network"):
            yield rule


def in_vpc(*types: str) -> Later:
    """Resources of the given types whose inputs name a subnet."""
    return lambda plan: (one for one in plan.of(*types) if "subnet-" in str(one.inputs))


def disk_key_loans(plan: StackPlan, _: Resource) -> Iterable[Resource]:
    """Grants of keys: there is one, for spot instances."""
    return plan.of("Grant")


def logging(plan: StackPlan) -> Iterable[Resource]:
    """Stages that write access logs."""
    return (stage for stage in plan.of("Stage") if "accessLogSettings" in stage.inputs)
