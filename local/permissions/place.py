"""Where a run keeps what was deployed and what was called, and whose account it plays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "STREAMING_ML_PERMISSIONS"
"""Names the folder; a process that is not told one evaluates nothing."""


@dataclass(frozen=True)
class Place:
    """A run's folder, and the account and region that every ARN of the run has.

    Attributes:
        folder: Holds `deployed.json`, which the provider writes, and the calls of each process.
    """

    folder: Path
    account: str = "123456789012"
    region: str = "us-east-1"
    partition: str = "aws"

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Place | None:
        """Returns the place of the run that a process belongs to, None where nothing is asked."""
        folder = environment.get(VARIABLE)
        return None if not folder else cls(Path(folder))

    @property
    def deployed(self) -> Path:
        """What the provider was told to create and has not deleted."""
        return self.folder / "deployed.json"

    def arn(self, service: str, resource: str) -> str:
        """Builds an ARN of the account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """Builds an ARN of a service that knows no regions, for example IAM."""
        return f"arn:{self.partition}:{service}::{self.account}:{resource}"
