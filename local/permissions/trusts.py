"""What a service says when it takes a role. docs/aws-rules.md has the sources."""

from __future__ import annotations

from local.permissions.language.patterns import Context
from local.permissions.place import Place

SENDS_SOURCE = {
    "apigateway.amazonaws.com": False,
    "ec2.amazonaws.com": False,
    "elasticmapreduce.amazonaws.com": True,
    "events.amazonaws.com": False,
    "sagemaker.amazonaws.com": True,
    "scheduler.amazonaws.com": True,
}
"""Whether a service says for which account and which resource it takes a role."""


def context_of_taking(place: Place, service: str) -> Context:
    """Returns the condition keys that a service sends when it takes a role.

    `aws:SourceArn` would be that of what the service acts for. No trust policy here asks for it,
    and one that did would be refused, because the key's value is not among these.

    Raises:
        LookupError: Nobody has said what the service sends.
    """
    if service not in SENDS_SOURCE:
        raise LookupError(f"Nobody has said what {service} sends when it takes a role.")
    return {"aws:sourceaccount": place.account} if SENDS_SOURCE[service] else {}
