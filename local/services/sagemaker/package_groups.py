"""Model package groups."""

from __future__ import annotations

import time
from collections.abc import Callable

from local.services.protocol.errors import AwsError, ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.sagemaker.names import name_of, present
from local.services.settings import Settings


class PackageGroups:
    """The groups of the model registry."""

    def __init__(self, settings: Settings, has_packages: Callable[[str], bool]) -> None:
        """Starts empty.

        Args:
            settings: Settings of the run.
            has_packages: Returns whether a group, by name, contains packages.
        """
        self._settings = settings
        self._has_packages = has_packages
        self._groups: dict[str, JsonObject] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "CreateModelPackageGroup": self.create,
            "DescribeModelPackageGroup": self.describe,
            "DeleteModelPackageGroup": self.delete,
        }

    def require(self, name_or_arn: str) -> JsonObject:
        """Finds a group.

        Raises:
            ValidationError: There is none.
        """
        name = name_of(name_or_arn)
        group = self._groups.get(name)
        if group is None:
            raise ValidationError(f"ModelPackageGroup {self._arn(name)} does not exist.")
        return group

    async def create(self, request: JsonObject) -> JsonObject:
        """Creates a group."""
        name = request["ModelPackageGroupName"]
        arn = self._arn(name)
        if name in self._groups:
            raise ValidationError(f"Model Package Group already exists: {arn}")
        self._groups[name] = present(
            ModelPackageGroupName=name,
            ModelPackageGroupArn=arn,
            ModelPackageGroupDescription=request.get("ModelPackageGroupDescription"),
            CreationTime=time.time(),
            CreatedBy={},
            ModelPackageGroupStatus="Completed",
        )
        return {"ModelPackageGroupArn": arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one group."""
        return self.require(request["ModelPackageGroupName"])

    async def delete(self, request: JsonObject) -> JsonObject:
        """Deletes an empty group."""
        group = self.require(request["ModelPackageGroupName"])
        name, arn = group["ModelPackageGroupName"], group["ModelPackageGroupArn"]
        if self._has_packages(name):
            raise AwsError(
                "ConflictException",
                f"Model Package Group {arn} still contains model packages; delete them first.",
            )
        del self._groups[name]
        return {}

    def _arn(self, name: str) -> str:
        return self._settings.arn("sagemaker", f"model-package-group/{name}")
