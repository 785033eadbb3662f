"""Finds the model package that is deployed: the newest approved one of its group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NONE = "none"


@dataclass(frozen=True)
class ApprovedPackage:
    """A model package.

    Attributes:
        arn: ARN of the package.
        model_data_uri: `s3://` address of its artifact; empty if it has none.
    """

    arn: str
    model_data_uri: str


def find_approved_package(sagemaker: Any, group: str) -> ApprovedPackage | None:
    """Finds the newest approved package.

    Args:
        sagemaker: A boto3 client.
        group: Name of the model package group.

    Returns:
        The package; None if the group has no approved one or does not exist yet.
    """
    try:
        found = sagemaker.list_model_packages(
            ModelPackageGroupName=group,
            ModelApprovalStatus="Approved",
            SortBy="CreationTime",
            SortOrder="Descending",
            MaxResults=1,
        )["ModelPackageSummaryList"]
    except sagemaker.exceptions.ClientError as error:
        # Without a group there is nothing to compare with. Any other error, such as a missing
        # permission, must not be mistaken for that.
        if not _says_missing(error):
            raise
        return None
    if not found:
        return None
    arn = found[0]["ModelPackageArn"]
    description = sagemaker.describe_model_package(ModelPackageName=arn)
    containers = description.get("InferenceSpecification", {}).get("Containers", [])
    return ApprovedPackage(arn, containers[0].get("ModelDataUrl", "") if containers else "")


def _says_missing(error: Any) -> bool:
    answer = error.response["Error"]
    return answer["Code"] in {"ResourceNotFound", "ValidationException"} and (
        "does not exist" in answer["Message"] or "not found" in answer["Message"].lower()
    )
