"""Who makes a request, and whom statements name. IAM user guide: "Principal"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.permissions.language.errors import PolicyError

_KINDS = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})


@dataclass(frozen=True)
class Principal:
    """Who makes a request: a role's session, a service that acts by itself, or whoever shows an
    identity provider's token.

    Attributes:
        arn: ARN of the role or of the identity provider, or the service's name, for example
            `ec2.amazonaws.com`.
        account: The role's account; empty for the others.
    """

    arn: str
    account: str = ""

    @property
    def is_service(self) -> bool:
        """Whether it is a service that takes no role."""
        return self.kind == "Service"

    @property
    def kind(self) -> str:
        """What statements name it as: `AWS`, `Service` or `Federated`."""
        if self.account:
            return "AWS"
        return "Federated" if ":oidc-provider/" in self.arn else "Service"

    @property
    def name(self) -> str:
        """A role's name without its path, or the service's name."""
        return self.arn.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class NamedPrincipals:
    """Whom a statement of a resource's policy names.

    Attributes:
        entries: Kind (`AWS`, `Service`, ...) and text; `*` for both is everybody.
        negated: Whether it is `NotPrincipal`: everybody but these.
    """

    entries: frozenset[tuple[str, str]]
    negated: bool = False

    def names(self, principal: Principal) -> bool:
        """Whether it means a principal, by name or as one of its account."""
        return self.negated != (self._directly(principal) or self._by_account(principal))

    def only_by_account(self, principal: Principal) -> bool:
        """Whether it means the principal's account alone: that leaves the decision to the
        account's own policies.
        """
        return not self.negated and not self._directly(principal)

    def _directly(self, principal: Principal) -> bool:
        if ("*", "*") in self.entries or ("AWS", "*") in self.entries:
            return True
        return (principal.kind, principal.arn) in self.entries

    def _by_account(self, principal: Principal) -> bool:
        if principal.account == "":
            return False
        partition = principal.arn.split(":")[1]
        root = f"arn:{partition}:iam::{principal.account}:root"
        return not self.entries.isdisjoint({("AWS", principal.account), ("AWS", root)})


def parse_principals(value: Any, negated: bool) -> NamedPrincipals:
    """Reads `Principal` or `NotPrincipal`.

    Raises:
        PolicyError: It is neither `*` nor an object of known kinds.
    """
    if value == "*":
        return NamedPrincipals(frozenset({("*", "*")}), negated)
    if not isinstance(value, Mapping) or not value.keys() <= _KINDS:
        raise PolicyError(
            f"A principal is * or an object of {sorted(_KINDS)}. Received: {value!r}."
        )
    entries = {
        (kind, str(one))
        for kind, given in value.items()
        for one in (given if isinstance(given, list) else [given])
    }
    return NamedPrincipals(frozenset(entries), negated)
