"""Model packages: the versions in a group, and their approval."""

from __future__ import annotations

import time

from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.protocol.pagination import page
from local.services.sagemaker.names import in_time_range, name_of, present
from local.services.sagemaker.package_groups import PackageGroups
from local.services.settings import Settings

_UPDATABLE = (
    "ModelApprovalStatus",
    "ApprovalDescription",
    "CustomerMetadataProperties",
    "InferenceSpecification",
    "SourceUri",
)

_SUMMARY = (
    "ModelPackageGroupName",
    "ModelPackageVersion",
    "ModelPackageArn",
    "ModelPackageDescription",
    "CreationTime",
    "ModelPackageStatus",
    "ModelApprovalStatus",
)


class Packages:
    """The model packages of the model registry."""

    def __init__(self, settings: Settings) -> None:
        """Starts empty."""
        self._settings = settings
        self.groups = PackageGroups(settings, self._has_packages)
        self._packages: dict[str, JsonObject] = {}
        self._last_version: dict[str, int] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            **self.groups.handlers(),
            "CreateModelPackage": self.create,
            "DescribeModelPackage": self.describe,
            "ListModelPackages": self.list,
            "UpdateModelPackage": self.update,
            "DeleteModelPackage": self.delete,
        }

    def require(self, arn: str) -> JsonObject:
        """Finds a package.

        Raises:
            ValidationError: There is none.
        """
        package = self._packages.get(arn)
        if package is None:
            raise ValidationError(f"ModelPackage {arn} does not exist.")
        return package

    async def create(self, request: JsonObject) -> JsonObject:
        """Registers the next version of a group. A version is never used again."""
        group = request.get("ModelPackageGroupName")
        if group is None:
            raise ValidationError(
                "The local registry has packages in groups only: give ModelPackageGroupName."
            )
        name = self.groups.require(group)["ModelPackageGroupName"]
        version = self._last_version.get(name, 0) + 1
        self._last_version[name] = version
        arn = self._settings.arn("sagemaker", f"model-package/{name}/{version}")
        kept = {key: value for key, value in request.items() if key not in ("Tags", "ClientToken")}
        self._packages[arn] = {
            "ModelApprovalStatus": "PendingManualApproval",
            **kept,
            "ModelPackageGroupName": name,
            "ModelPackageVersion": version,
            "ModelPackageArn": arn,
            "CreationTime": time.time(),
            "CreatedBy": {},
            "ModelPackageStatus": "Completed",
            "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
        }
        return {"ModelPackageArn": arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one package."""
        return self.require(request["ModelPackageName"])

    async def list(self, request: JsonObject) -> JsonObject:
        """Lists packages; a group that does not exist has none."""
        found = [package for package in self._packages.values() if _matches(package, request)]
        key = "ModelPackageGroupName" if request.get("SortBy") == "Name" else "CreationTime"
        found.sort(
            # Versions of one moment keep their order.
            key=lambda package: (package[key], package["ModelPackageVersion"]),
            reverse=request.get("SortOrder") == "Descending",
        )
        items, token = page(found, request.get("NextToken"), request.get("MaxResults", 100))
        summaries = [
            {name: package[name] for name in _SUMMARY if name in package} for package in items
        ]
        return present(ModelPackageSummaryList=summaries, NextToken=token)

    async def update(self, request: JsonObject) -> JsonObject:
        """Changes approval and metadata."""
        package = self.require(request["ModelPackageArn"])
        if "CustomerMetadataProperties" in request:
            merged = {
                **package.get("CustomerMetadataProperties", {}),
                **request["CustomerMetadataProperties"],
            }
            request = {**request, "CustomerMetadataProperties": merged}
        package.update({name: request[name] for name in _UPDATABLE if name in request})
        for name in request.get("CustomerMetadataPropertiesToRemove", []):
            package.get("CustomerMetadataProperties", {}).pop(name, None)
        package["LastModifiedTime"] = time.time()
        package["LastModifiedBy"] = {}
        return {"ModelPackageArn": package["ModelPackageArn"]}

    async def delete(self, request: JsonObject) -> JsonObject:
        """Deletes a package; the others keep their versions."""
        del self._packages[self.require(request["ModelPackageName"])["ModelPackageArn"]]
        return {}

    def _has_packages(self, group: str) -> bool:
        return any(package["ModelPackageGroupName"] == group for package in self._packages.values())


def _matches(package: JsonObject, request: JsonObject) -> bool:
    group = request.get("ModelPackageGroupName")
    if group is None and request.get("ModelPackageType", "Unversioned") == "Unversioned":
        # Without a group AWS lists unversioned packages, of which there are none here.
        return False
    return (
        (group is None or package["ModelPackageGroupName"] == name_of(group))
        and request.get("ModelApprovalStatus") in (None, package["ModelApprovalStatus"])
        and request.get("NameContains", "") in package["ModelPackageGroupName"]
        and in_time_range(request, package["CreationTime"])
    )
