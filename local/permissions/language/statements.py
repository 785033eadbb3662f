"""Statements of policies, read once and asked often."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from local.permissions.language.conditions import Condition, parse_conditions
from local.permissions.language.errors import PolicyError
from local.permissions.language.keys import known
from local.permissions.language.patterns import Context, any_of, has_variable, matches, variables
from local.permissions.language.principals import NamedPrincipals, parse_principals

_MEMBERS = frozenset(
    {
        *("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource"),
        *("Principal", "NotPrincipal", "Condition"),
    }
)
_VERSION = "2012-10-17"


@dataclass(frozen=True)
class Statement:
    """One statement.

    Attributes:
        label: Policy and statement, for messages and for the list of statements that are used.
        allows: Effect: Allow, or Deny.
        actions: Patterns in small letters; with `not_action` those it is not about.
        resources: Patterns; with `not_resource` those it is not about. None in a trust policy,
            which names no resource because it is about its role.
        principals: None in a policy of a role.
    """

    label: str
    allows: bool
    actions: tuple[str, ...]
    not_action: bool
    resources: tuple[str, ...] | None
    not_resource: bool
    principals: NamedPrincipals | None
    conditions: tuple[Condition, ...]

    def about_action(self, action: str) -> bool:
        """Whether it is about an action, for example `s3:GetObject`."""
        found = self._actions.fullmatch(action.lower()) is not None
        return found != self.not_action

    def about_resource(self, resource: str, context: Context) -> bool:
        """Whether it is about a resource."""
        if self.resources is None:
            return True
        found = self._fixed_resources.fullmatch(resource) is not None or any(
            matches(one, resource, context) for one in self._variable_resources
        )
        return found != self.not_resource

    @cached_property
    def _actions(self) -> re.Pattern[str]:
        return any_of(self.actions)

    @cached_property
    def _fixed_resources(self) -> re.Pattern[str]:
        return any_of([one for one in self.resources or () if not has_variable(one)])

    @cached_property
    def _variable_resources(self) -> list[str]:
        return [one for one in self.resources or () if has_variable(one)]

    def conditions_hold(self, context: Context) -> bool:
        """Whether a request meets all its conditions."""
        return all(one.holds(context) for one in self.conditions)


def parse_policy(document: str | Mapping[str, Any], label: str) -> tuple[Statement, ...]:
    """Reads a policy.

    Args:
        document: JSON text or its value.
        label: What messages call the policy.

    Raises:
        PolicyError: Something in it is not understood; the message names policy and statement.
    """
    try:
        parsed = json.loads(document) if isinstance(document, str) else document
        return tuple(_statements(parsed, label))
    except (PolicyError, ValueError, TypeError, AttributeError) as error:
        raise PolicyError(f'The policy "{label}" cannot be evaluated. {error}') from error


def _statements(parsed: Mapping[str, Any], label: str) -> Iterator[Statement]:
    unknown = sorted(parsed.keys() - {"Version", "Id", "Statement"})
    if unknown or parsed.get("Version") != _VERSION:
        raise PolicyError(
            f"Expected Version {_VERSION}, Id and Statement. Received: Version "
            f"{parsed.get('Version')!r} and {unknown}."
        )
    given = parsed["Statement"]
    for index, statement in enumerate(given if isinstance(given, list) else [given]):
        name = f"{label}/{statement.get('Sid', f'#{index + 1}')}"
        try:
            yield _statement(statement, name)
        except PolicyError as error:
            raise PolicyError(f"{name}: {error}") from error


def _statement(statement: Mapping[str, Any], label: str) -> Statement:
    unknown = sorted(statement.keys() - _MEMBERS)
    if unknown:
        raise PolicyError(f"A statement has no {', '.join(unknown)}.")
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise PolicyError(f"Effect is Allow or Deny. Received: {statement.get('Effect')!r}.")
    actions, not_action = _either(statement, "Action", "NotAction")
    if actions is None:
        raise PolicyError("It names no action.")
    resources, not_resource = _either(statement, "Resource", "NotResource")
    for resource in resources or ():
        for key in variables(resource):
            if not known(key):
                raise PolicyError(f'Nobody has said what the variable "{key}" is.')
    principals = next(
        (
            parse_principals(statement[name], name.startswith("Not"))
            for name in ("Principal", "NotPrincipal")
            if name in statement
        ),
        None,
    )
    return Statement(
        label=label,
        allows=statement["Effect"] == "Allow",
        actions=tuple(one.lower() for one in actions),
        not_action=not_action,
        resources=resources,
        not_resource=not_resource,
        principals=principals,
        conditions=parse_conditions(statement.get("Condition", {})),
    )


def _either(
    statement: Mapping[str, Any], name: str, negated: str
) -> tuple[tuple[str, ...] | None, bool]:
    if name in statement and negated in statement:
        raise PolicyError(f"It has both {name} and {negated}.")
    given = statement.get(name, statement.get(negated))
    if given is None:
        return None, False
    texts = given if isinstance(given, list) else [given]
    if not texts or not all(isinstance(one, str) for one in texts):
        raise PolicyError(f"{name} must be one text or several. Received: {given!r}.")
    return tuple(texts), negated in statement
