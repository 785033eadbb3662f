"""The policies of one moment of a deployment, read from what the provider wrote."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from local.permissions.deployment.managed import managed_policy
from local.permissions.language.statements import Statement, parse_policy

Statements = tuple[Statement, ...]

_DEFAULT_KEY_POLICY = "the key's default policy"
_DEFAULT_STATEMENT = f"{_DEFAULT_KEY_POLICY}/#1"


@dataclass(frozen=True)
class Role:
    """A role.

    Attributes:
        trust: Who may take it.
        own: What its own policies say.
        managed: ARNs of AWS's policies that it has beside them.
    """

    name: str
    arn: str
    trust: Statements
    own: Statements
    managed: tuple[str, ...] = ()

    def statements_about(self, action: str) -> Statements:
        """Returns everything that its policies say about an action."""
        if action not in self._about:
            given = [*self.own, *(one for arn in self.managed for one in managed_policy(arn))]
            self._about[action] = tuple(one for one in given if one.about_action(action))
        return self._about[action]

    @cached_property
    def _about(self) -> dict[str, Statements]:
        return {}


@dataclass(frozen=True)
class Deployed:
    """What was deployed.

    Attributes:
        roles: By name.
        profiles: Names of roles by name and by ARN of their instance profile.
        policies: Policies of resources that are no keys, by ARN.
        keys: Policies of keys, by ARN.
        encryption: ARNs of customer keys by ARN of what they encrypt: buckets, streams, secrets.
    """

    roles: Mapping[str, Role] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, Statements] = field(default_factory=dict)
    keys: Mapping[str, Statements] = field(default_factory=dict)
    encryption: Mapping[str, str] = field(default_factory=dict)

    def role_of_profile(self, name_or_arn: str) -> str | None:
        """Returns the name of an instance profile's role."""
        return self.profiles.get(name_or_arn.rsplit("/", 1)[-1])

    def written(self) -> Iterator[Statement]:
        """Yields every statement that somebody wrote for this deployment."""
        for role in self.roles.values():
            yield from (*role.trust, *role.own)
        for document in (*self.policies.values(), *self.keys.values()):
            yield from (one for one in document if one.label != _DEFAULT_STATEMENT)


@dataclass(frozen=True)
class Resource:
    """A resource as the provider wrote it.

    Attributes:
        type: Pulumi's token, for example `aws:iam/role:Role`.
        name: Its logical name.
        arn: Its ARN where it has one.
    """

    type: str
    name: str
    id: str
    arn: str
    inputs: Mapping[str, Any]


def read(text: str, account_root: str) -> Deployed:
    """Reads what the provider wrote.

    Args:
        text: JSON: a list of resources.
        account_root: ARN of the account's root, whom a key without a policy of its own trusts.

    Raises:
        PolicyError: A policy says something that nobody here understands.
    """
    resources = [Resource(**one) for one in json.loads(text)]
    of = defaultdict(list)
    for resource in resources:
        of[resource.type.rsplit(":", 1)[-1]].append(resource)
    return Deployed(
        roles={role.name: role for role in _roles(of)},
        profiles={one.inputs["name"]: one.inputs["role"] for one in of["InstanceProfile"]},
        policies=dict(_policies(of)),
        keys={one.arn: _key_policy(one, account_root) for one in of["Key"]},
        encryption=dict(_encryption(of)),
    )


def _roles(of: Mapping[str, list[Resource]]) -> Iterator[Role]:
    customer = {one.arn: one for one in of["Policy"]}
    for role in of["Role"]:
        unsupported = {"permissionsBoundary", "inlinePolicies", "managedPolicyArns"}
        found = sorted(unsupported & role.inputs.keys())
        if found:
            raise NotImplementedError(
                f'The role "{role.name}" has {", ".join(found)}: the local run does not evaluate '
                "them. Use resources of their own, or teach local/permissions/deployment."
            )
        name = role.inputs["name"]
        inline = [one for one in of["RolePolicy"] if one.inputs["role"] == name]
        attached = [
            one.inputs["policyArn"]
            for one in of["RolePolicyAttachment"]
            if one.inputs["role"] == name
        ]
        yield Role(
            name=name,
            arn=role.arn,
            trust=parse_policy(role.inputs["assumeRolePolicy"], f"{role.name} (trust)"),
            own=tuple(
                statement
                for policy in (*inline, *(customer[arn] for arn in attached if arn in customer))
                for statement in parse_policy(policy.inputs["policy"], policy.name)
            ),
            managed=tuple(arn for arn in attached if arn not in customer),
        )


def _policies(of: Mapping[str, list[Resource]]) -> Iterator[tuple[str, Statements]]:
    for one in of["BucketPolicy"]:
        yield _bucket_arn(one.inputs["bucket"]), parse_policy(one.inputs["policy"], one.name)
    for one in of["ResourcePolicy"]:
        yield one.inputs["resourceArn"], parse_policy(one.inputs["policy"], one.name)
    for one in of["TopicPolicy"]:
        yield one.inputs["arn"], parse_policy(one.inputs["policy"], one.name)
    queues = {queue.id: queue.arn for queue in of["Queue"]}
    for one in of["QueuePolicy"]:
        yield queues[one.inputs["queueUrl"]], parse_policy(one.inputs["policy"], one.name)


def _key_policy(key: Resource, account_root: str) -> Statements:
    if "policy" in key.inputs:
        return parse_policy(key.inputs["policy"], key.name)
    # KMS developer guide, "Default key policy": the account decides with its own policies.
    statement = {"Effect": "Allow", "Principal": {"AWS": account_root}, "Action": "kms:*"}
    document = {"Version": "2012-10-17", "Statement": [{**statement, "Resource": "*"}]}
    return parse_policy(document, _DEFAULT_KEY_POLICY)


def _encryption(of: Mapping[str, list[Resource]]) -> Iterable[tuple[str, str]]:
    for one in of["BucketServerSideEncryptionConfiguration"]:
        for rule in one.inputs["rules"]:
            key = rule["applyServerSideEncryptionByDefault"].get("kmsMasterKeyId")
            if key is not None:
                yield _bucket_arn(one.inputs["bucket"]), key
    for kind in ("Stream", "Secret"):
        for one in of[kind]:
            key = one.inputs.get("kmsKeyId", "")
            # AWS's own keys, which are named by their aliases, need no permission.
            if key.startswith("arn:"):
                yield one.arn, key


def _bucket_arn(name: str) -> str:
    return f"arn:aws:s3:::{name}"
