"""One row of the table of implicit permissions."""

from __future__ import annotations

from dataclasses import dataclass

from tests.python.aws_models.refusals.asks import Asks


@dataclass(frozen=True)
class PermissionRow:
    """One thing that must be allowed.

    Attributes:
        feature: The service, and what it does.
        actions: What IAM is asked for; all of them must be allowed.
        asks: Who asks, on what, with which condition keys.
        source: Where that is written.
    """

    feature: str
    actions: tuple[str, ...]
    asks: Asks
    source: str


# Where S3 says what a reader and a writer of encrypted objects need.
SSE_KMS = "S3 user guide, server-side encryption with KMS keys, permissions"
