from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from model_training.approved_package import ApprovedPackage, find_approved_package
from model_training.model_artifact import fetch
from model_training.problems import InputError


class Registry:
    """Answers like the SageMaker client."""

    def __init__(self, packages: list[str], containers: Any = None, error: Any = None) -> None:
        self.packages = packages
        self.containers = containers
        self.error = error
        self.requests: list[dict[str, Any]] = []
        self.exceptions = type("Exceptions", (), {"ClientError": ClientError})

    def list_model_packages(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        if self.error is not None:
            raise ClientError({"Error": self.error}, "ListModelPackages")
        return {"ModelPackageSummaryList": [{"ModelPackageArn": arn} for arn in self.packages]}

    def describe_model_package(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        return {"InferenceSpecification": {"Containers": self.containers}}


def test_asks_for_the_newest_approved_package() -> None:
    registry = Registry(["arn:2"], [{"ModelDataUrl": "s3://b/k"}])
    assert find_approved_package(registry, "group") == ApprovedPackage("arn:2", "s3://b/k")
    assert registry.requests == [
        {
            "ModelPackageGroupName": "group",
            "ModelApprovalStatus": "Approved",
            "SortBy": "CreationTime",
            "SortOrder": "Descending",
            "MaxResults": 1,
        },
        {"ModelPackageName": "arn:2"},
    ]


def test_finds_none_in_an_empty_group() -> None:
    assert find_approved_package(Registry([]), "group") is None


def test_finds_none_in_a_missing_group() -> None:
    error = {"Code": "ValidationException", "Message": "ModelPackageGroup arn does not exist."}
    assert find_approved_package(Registry([], error=error), "group") is None


@pytest.mark.parametrize(
    "error",
    [
        {"Code": "AccessDeniedException", "Message": "User does not exist in policy"},
        {"Code": "ValidationException", "Message": "1 validation error detected"},
    ],
)
def test_a_refused_call_is_not_an_empty_group(error: dict[str, str]) -> None:
    with pytest.raises(ClientError):
        find_approved_package(Registry([], error=error), "group")


@pytest.mark.parametrize("containers", [[], [{"Image": "x"}]])
def test_finds_a_package_without_an_artifact(containers: list[dict[str, str]]) -> None:
    found = find_approved_package(Registry(["arn:1"], containers), "group")
    assert found == ApprovedPackage("arn:1", "")


@pytest.mark.parametrize("uri", ["https://b/k", "s3://b", "s3:///k", "model.tar.gz", ""])
def test_refuses_an_address_outside_s3(uri: str, tmp_path: Any) -> None:
    with pytest.raises(InputError, match="Expected a model artifact at s3://bucket/key"):
        fetch(uri, None, tmp_path / "x")
