"""Settings of the services."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from local.repository_root import REPOSITORY_ROOT
from local.services.permissions.roles import Roles


@dataclass(frozen=True)
class Settings:
    """Settings of one run.

    Attributes:
        run_directory: Folder of the run, for all files.
        region: Region in every ARN.
        account_id: Account in every ARN.
        jars_directory: Spark packages of an EMR image.
        environment: Environment of the services, from which that of children is made.
        model_server_command: Command of a model server, without its arguments.
        service_url: Address of the services, once they have a port.
        ping_timeout_seconds: Longest time until a new model server answers its ping.
        roles: The deployed roles.
    """

    run_directory: Path
    region: str = "us-east-1"
    account_id: str = "123456789012"
    jars_directory: Path = REPOSITORY_ROOT / ".local" / "jars"
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    model_server_command: Sequence[str] = (sys.executable, "-m", "local.model_server")
    service_url: str = ""
    ping_timeout_seconds: float = 120.0
    roles: Roles = field(default_factory=lambda: Roles(None))

    def arn(self, service: str, resource: str) -> str:
        """Builds an ARN of this account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account_id}:{resource}"

    def child_environment(
        self, extra: Mapping[str, str] | None = None, role: str | None = None
    ) -> dict[str, str]:
        """Builds the environment of a child, with the addresses of the stand-ins and this Python.

        Args:
            extra: More variables.
            role: Name or ARN of the role that the child acts as.
        """
        binaries = str(Path(sys.executable).parent)
        services = ("EMR", "SAGEMAKER", "SAGEMAKER_RUNTIME")
        return {
            **self.environment,
            "PATH": f"{binaries}{os.pathsep}{self.environment.get('PATH', os.defpath)}",
            "PYSPARK_PYTHON": self.environment.get("PYSPARK_PYTHON", sys.executable),
            "PYTHONUNBUFFERED": "1",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            **{f"AWS_ENDPOINT_URL_{service}": self.service_url for service in services},
            **self.roles.environment(role),
            **(extra or {}),
        }
