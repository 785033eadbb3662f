"""The roles that `bootstrap/` plans, and what their policies decide. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from local.permissions.language.evaluation import Decision, Request, ResourcePolicy, decide
from local.permissions.language.patterns import Context
from local.permissions.language.principals import Principal
from local.permissions.language.statements import Statement, parse_policy
from tests.python.aws_models.deployment.templates import ACCOUNT, REGION
from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.stack_plan import StackPlan

# IAM, CreateRole: `MaxSessionDuration`, where a role says nothing.
_SESSION_SECONDS = 3600


@dataclass(frozen=True)
class DeploymentRole:
    """A role of a workflow.

    Attributes:
        name: Logical name, for example `stack-dev-deploy`.
        statements: Of all its policies, attached and its own.
        session_seconds: How long a session may last.
    """

    name: str
    arn: str
    statements: tuple[Statement, ...]
    trust: tuple[Statement, ...]
    session_seconds: int

    def decide(
        self,
        action: str,
        resource: str,
        context: Context,
        key_policy: tuple[Statement, ...] | None = None,
    ) -> Decision:
        """Decides a call of the role.

        Args:
            action: For example `s3:GetObject`.
            resource: ARN, or `*`.
            context: Condition keys that the call carries, beside those of every call.
            key_policy: Of the KMS key, where it decides as well.
        """
        carried = {
            "aws:principalaccount": ACCOUNT,
            "aws:principalarn": self.arn,
            "aws:requestedregion": REGION,
            "aws:securetransport": "true",
            **context,
        }
        request = Request(Principal(self.arn, ACCOUNT), action, resource, carried)
        if key_policy is None:
            return decide(request, self.statements)
        return decide(request, self.statements, key_policy, ResourcePolicy.DECIDES)

    def decide_taking(self, provider: str, claims: Context) -> Decision:
        """Decides whether who shows a token of an identity provider may take the role."""
        request = Request(Principal(provider), "sts:AssumeRoleWithWebIdentity", self.arn, claims)
        return decide(request, (), self.trust, ResourcePolicy.DECIDES)


def roles_of(plan: StackPlan) -> dict[str, DeploymentRole]:
    """Returns the planned roles by logical name, each with what is attached to it."""
    return {role.name: _role(plan, role) for role in plan.of("Role")}


def _role(plan: StackPlan, role: Resource) -> DeploymentRole:
    name = role.inputs["name"]
    attached = {
        one.inputs["policyArn"]
        for one in plan.of("RolePolicyAttachment")
        if one.inputs["role"] == name
    }
    policies = [
        *(one for one in plan.of("Policy") if one.id in attached),
        *(one for one in plan.of("RolePolicy") if one.inputs["role"] == name),
    ]
    return DeploymentRole(
        name=role.name,
        arn=f"arn:aws:iam::{ACCOUNT}:role/{name}",
        statements=tuple(
            statement
            for policy in policies
            for statement in parse_policy(policy.inputs["policy"], policy.name)
        ),
        trust=parse_policy(role.inputs["assumeRolePolicy"], f"{role.name}-trust"),
        session_seconds=role.inputs.get("maxSessionDuration", _SESSION_SECONDS),
    )
