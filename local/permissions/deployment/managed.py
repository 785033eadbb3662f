"""AWS's managed policies, in moto's copy."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from local.permissions.language.statements import Statement, parse_policy


@cache
def managed_policy(arn: str) -> tuple[Statement, ...]:
    """Returns the statements of one of AWS's managed policies.

    Raises:
        LookupError: moto has no such policy.
        PolicyError: It says something that nobody here understands.
    """
    name = arn.rsplit("/", 1)[-1]
    if name not in _documents():
        raise LookupError(f'moto has no managed policy "{name}": nobody here knows what it says.')
    return parse_policy(_documents()[name]["Document"], name)


@cache
def _documents() -> dict[str, Any]:
    # Imported when it is needed: its 5 MB take a third of a second.
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    known: dict[str, Any] = json.loads(aws_managed_policies_data)
    return known
