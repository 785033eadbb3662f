"""One question to IAM."""

from __future__ import annotations

from dataclasses import dataclass, field

from local.permissions.language.patterns import Context


@dataclass(frozen=True)
class Call:
    """What somebody asks of AWS.

    Attributes:
        action: For example `s3:GetObject`.
        resource: ARN; `*` for an action that knows none.
        context: Condition keys that are the call's own, by their names in small letters.
    """

    action: str
    resource: str
    context: Context = field(default_factory=dict)
