"""IAM's own table of actions and kinds of resources, as the installed cfn-lint has it."""

from __future__ import annotations

import functools
import json
import re
from importlib import resources
from typing import Any

from tests.python.aws_models.deployment.templates import ACCOUNT, REGION


@functools.cache
def _services() -> dict[str, Any]:
    table = resources.files("cfnlint") / "data" / "AdditionalSpecs" / "Policies.json"
    found: dict[str, Any] = json.loads(table.read_text())
    return found


def kinds_of(action: str) -> tuple[str, ...]:
    """Returns the kinds of resources that IAM holds an action to; none where it knows none.

    Args:
        action: For example `s3:GetObject`.
    """
    service, name = action.split(":")
    held = _services()[service]["Actions"][name.lower()].get("Resources", [])
    return tuple(f"{service}:{kind}" for kind in held)


def is_kind(kind: str, arn: str) -> bool:
    """Whether an ARN is written as IAM writes those of a kind."""
    service, name = kind.split(":")
    formats = _services()[service]["Resources"][name.lower()]["ARNFormats"]
    place = {"Partition": "aws", "Region": REGION, "Account": ACCOUNT}
    return any(
        re.fullmatch(re.sub(r"\$\{(\w+)\}", lambda field: place[field[1]], one), arn)
        for one in formats
    )
