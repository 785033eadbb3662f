"""The model registry through boto3."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

GROUP_ARN = "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/sentiment"


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def register(services: Any, status: str | None = None, **members: Any) -> str:
    if status is not None:
        members["ModelApprovalStatus"] = status
    return str(
        services.sagemaker.create_model_package(
            ModelPackageGroupName="sentiment",
            InferenceSpecification={
                "Containers": [{"Image": "image", "ModelDataUrl": "s3://artifacts/m.tar.gz"}]
            },
            **members,
        )["ModelPackageArn"]
    )


@pytest.fixture
def registry(services: Any) -> Any:
    services.sagemaker.create_model_package_group(ModelPackageGroupName="sentiment")
    return services


def listed(services: Any, **filters: Any) -> list[int]:
    answer = services.sagemaker.list_model_packages(ModelPackageGroupName="sentiment", **filters)
    return [item["ModelPackageVersion"] for item in answer["ModelPackageSummaryList"]]


def test_versions_count_up_and_wait_for_approval(registry: Any) -> None:
    first, second = register(registry), register(registry, "Approved")
    assert first == "arn:aws:sagemaker:us-east-1:123456789012:model-package/sentiment/1"
    assert second.endswith("/2")
    described = registry.sagemaker.describe_model_package(ModelPackageName=first)
    assert described["ModelApprovalStatus"] == "PendingManualApproval"
    assert described["ModelPackageStatus"] == "Completed"


def test_newest_approved_package_is_found(registry: Any) -> None:
    for status in ("Approved", "Approved", "Rejected"):
        register(registry, status)
    newest = {"SortBy": "CreationTime", "SortOrder": "Descending"}
    assert listed(registry, ModelApprovalStatus="Approved", **newest) == [2, 1]
    assert listed(registry, ModelApprovalStatus="Approved", MaxResults=1, **newest) == [2]
    assert listed(registry) == [1, 2, 3]
    assert listed(registry, ModelApprovalStatus="PendingManualApproval") == []


def test_pages_are_followed_by_a_paginator(registry: Any) -> None:
    for _ in range(3):
        register(registry)
    pages = registry.sagemaker.get_paginator("list_model_packages").paginate(
        ModelPackageGroupName="sentiment", PaginationConfig={"PageSize": 2}
    )
    sizes = [len(page["ModelPackageSummaryList"]) for page in pages]
    assert sizes == [2, 1]


def test_group_that_does_not_exist_has_no_packages(services: Any) -> None:
    assert listed(services) == []


def test_approval_and_metadata_change(registry: Any) -> None:
    arn = register(registry, CustomerMetadataProperties={"metric:macro_f1": "0.7", "margin": "0"})
    registry.sagemaker.update_model_package(
        ModelPackageArn=arn,
        ModelApprovalStatus="Rejected",
        ApprovalDescription="Too slow",
        CustomerMetadataProperties={"margin": "0.1"},
    )
    described = registry.sagemaker.describe_model_package(ModelPackageName=arn)
    assert described["ModelApprovalStatus"] == "Rejected"
    assert described["ApprovalDescription"] == "Too slow"
    assert described["CustomerMetadataProperties"] == {"metric:macro_f1": "0.7", "margin": "0.1"}


@pytest.mark.parametrize(
    ("metadata", "broken"),
    [
        ({"metric:größe_1": "s3://bucket/schemas/a-b.json"}, None),
        ({"k" * 128: "v" * 256}, None),
        ({f"key{number}": "v" for number in range(50)}, None),
        ({f"key{number}": "v" for number in range(51)}, "length less than or equal to 50"),
        ({"k" * 129: "v"}, "length less than or equal to 128"),
        ({"k": "v" * 257}, "length less than or equal to 256"),
        ({"metric!": "v"}, "regular expression pattern"),
        ({"k": "a, b"}, "regular expression pattern"),
    ],
)
def test_metadata_is_what_sagemaker_allows(
    registry: Any, metadata: dict[str, str], broken: str | None
) -> None:
    if broken is None:
        described = registry.sagemaker.describe_model_package(
            ModelPackageName=register(registry, CustomerMetadataProperties=metadata)
        )
        assert described["CustomerMetadataProperties"] == metadata
        return
    with pytest.raises(ClientError) as caught:
        register(registry, CustomerMetadataProperties=metadata)
    error = caught.value.response["Error"]
    assert error["Code"] == "ValidationException"
    assert error["Message"].startswith("1 validation error detected: ")
    assert broken in error["Message"]


def test_group_with_packages_cannot_be_deleted(registry: Any) -> None:
    arn = register(registry)
    code, message = refusal(
        registry.sagemaker.delete_model_package_group, ModelPackageGroupName="sentiment"
    )
    assert code == "ConflictException"
    assert GROUP_ARN in message
    registry.sagemaker.delete_model_package(ModelPackageName=arn)
    registry.sagemaker.delete_model_package_group(ModelPackageGroupName="sentiment")
    assert refusal(
        registry.sagemaker.describe_model_package_group, ModelPackageGroupName="sentiment"
    ) == ("ValidationException", f"ModelPackageGroup {GROUP_ARN} does not exist.")


def test_deleted_version_number_is_not_used_again(registry: Any) -> None:
    registry.sagemaker.delete_model_package(ModelPackageName=register(registry))
    assert register(registry).endswith("/2")


def test_group_exists_once(registry: Any) -> None:
    assert refusal(
        registry.sagemaker.create_model_package_group, ModelPackageGroupName="sentiment"
    ) == ("ValidationException", f"Model Package Group already exists: {GROUP_ARN}")


def test_package_of_a_missing_group_is_refused(services: Any) -> None:
    assert refusal(services.sagemaker.create_model_package, ModelPackageGroupName="sentiment") == (
        "ValidationException",
        f"ModelPackageGroup {GROUP_ARN} does not exist.",
    )
