"""Endpoints through boto3, with a small model server of the tests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.python.services.endpoint_calls import (
    ACCOUNT,
    ROLE,
    SERVERLESS,
    alive,
    create_config,
    create_endpoint,
    create_model,
    invoke,
    prepare,
    refusal,
)


def test_endpoint_serves_the_model_of_its_configuration(services: Any) -> None:
    prepare(services, "A")
    described = create_endpoint(services, "A")
    assert described["EndpointStatus"] == "InService"
    assert described["EndpointArn"] == f"{ACCOUNT}:endpoint/sentiment"
    variant = described["ProductionVariants"][0]
    assert (variant["VariantName"], variant["CurrentInstanceCount"]) == ("AllTraffic", 1)
    answer = services.runtime.invoke_endpoint(
        EndpointName="sentiment", ContentType="application/json", Body=b"{}"
    )
    assert answer["InvokedProductionVariant"] == "AllTraffic"
    assert answer["ContentType"] == "application/json"
    assert json.loads(answer["Body"].read())["label"] == "A"


def test_package_brings_model_and_environment(services: Any) -> None:
    services.sagemaker.create_model_package_group(ModelPackageGroupName="g")
    container = {
        "Image": "image",
        "ModelDataUrl": services.put_model("P", {"label": "P"}),
        "Environment": {"SAGEMAKER_TFS_ENABLE_BATCHING": "true"},
    }
    arn = services.sagemaker.create_model_package(
        ModelPackageGroupName="g", InferenceSpecification={"Containers": [container]}
    )["ModelPackageArn"]
    services.sagemaker.create_model(
        ModelName="P", ExecutionRoleArn=ROLE, PrimaryContainer={"ModelPackageName": arn}
    )
    create_config(services, "P")
    create_endpoint(services, "P")
    answer = invoke(services)
    assert (answer["label"], answer["b"]) == ("P", "true")


def test_endpoint_whose_model_crashes_fails_with_the_reason(services: Any) -> None:
    prepare(services, "A", start="crash")
    described = create_endpoint(services, "A")
    assert described["EndpointStatus"] == "Failed"
    assert described["FailureReason"].startswith(
        "The primary container for production variant AllTraffic did not pass the ping health "
        "check. ValueError: the SavedModel is broken Log: "
    )
    services.sagemaker.delete_endpoint(EndpointName="sentiment")
    services.until(lambda: services.sagemaker.list_endpoints()["Endpoints"] == [])


def test_endpoint_without_model_data_fails_with_the_reason(services: Any) -> None:
    services.sagemaker.create_model(
        ModelName="A",
        ExecutionRoleArn=ROLE,
        PrimaryContainer={"Image": "i", "ModelDataUrl": "s3://artifacts/none.tar.gz"},
    )
    create_config(services, "A")
    described = create_endpoint(services, "A")
    assert described["EndpointStatus"] == "Failed"
    assert "s3://artifacts/none.tar.gz" in described["FailureReason"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        (
            "DataCaptureConfig",
            {
                "InitialSamplingPercentage": 1,
                "DestinationS3Uri": "s3://artifacts/capture",
                "CaptureOptions": [{"CaptureMode": "Input"}],
            },
        ),
        ("VpcConfig", {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}),
    ],
)
def test_serverless_excludes_what_it_excludes_in_sagemaker(
    services: Any, member: str, value: Any
) -> None:
    create_model(services, "A")
    variant = {"VariantName": "AllTraffic", "ModelName": "A", **SERVERLESS}
    request = {"EndpointConfigName": "A", "ProductionVariants": [variant], member: value}
    code, message = refusal(services.sagemaker.create_endpoint_config, **request)
    assert code == "ValidationException"
    assert f"leave {member} out" in message


def test_names_that_exist_or_do_not_are_refused_in_awss_words(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    sagemaker = services.sagemaker
    assert refusal(create_endpoint, services, "A")[1] == (
        f'Cannot create already existing endpoint "{ACCOUNT}:endpoint/sentiment".'
    )
    assert refusal(create_config, services, "A")[1] == (
        f'Cannot create already existing endpoint configuration "{ACCOUNT}:endpoint-config/A".'
    )
    assert refusal(create_model, services, "A")[1] == (
        f'Cannot create already existing model "{ACCOUNT}:model/A".'
    )
    assert refusal(sagemaker.describe_endpoint, EndpointName="none") == (
        "ValidationException",
        f'Could not find endpoint "{ACCOUNT}:endpoint/none".',
    )
    assert refusal(sagemaker.describe_endpoint_config, EndpointConfigName="none")[1] == (
        f'Could not find endpoint configuration "{ACCOUNT}:endpoint-config/none".'
    )
    assert refusal(create_config, services, "none")[1] == (
        f'Could not find model "{ACCOUNT}:model/none".'
    )


def test_deleting_stops_the_servers(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    pid = invoke(services)["pid"]
    services.sagemaker.delete_endpoint(EndpointName="sentiment")
    services.until(lambda: services.sagemaker.list_endpoints()["Endpoints"] == [])
    assert not alive(pid)
    assert refusal(invoke, services) == (
        "ValidationError",
        "Endpoint sentiment of account 123456789012 not found.",
    )


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("VpcConfig", {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}),
        ("EnableNetworkIsolation", True),
    ],
)
def test_serverless_excludes_settings_of_its_model(services: Any, member: str, value: Any) -> None:
    services.sagemaker.create_model(
        ModelName="A",
        ExecutionRoleArn=ROLE,
        PrimaryContainer={"Image": "image", "ModelDataUrl": services.put_model("A", {})},
        **{member: value},
    )
    code, message = refusal(create_config, services, "A", **SERVERLESS)
    assert code == "ValidationException"
    assert f'leave {member} out of model "A"' in message
    create_config(services, "A")
