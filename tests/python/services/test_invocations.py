"""SageMaker Runtime through boto3 and plain HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.python.services.endpoint_calls import (
    SERVERLESS,
    alive,
    create_config,
    create_endpoint,
    create_model,
    invoke,
    prepare,
    refusal,
)


def answered_by_another(services: Any, pid: int) -> bool:
    try:
        return bool(invoke(services)["pid"] != pid)
    except ClientError:
        return False


def test_invocation_reaches_the_model_with_body_and_headers(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    echoed = invoke(
        services, {"echo": True}, CustomAttributes="tfs-method=predict", Accept="application/json"
    )
    assert echoed["path"] == "/invocations"
    assert echoed["Content-Type"] == "application/json"
    assert echoed["X-Amzn-SageMaker-Custom-Attributes"] == "tfs-method=predict"
    assert "Authorization" not in echoed


def test_instances_take_turns(services: Any) -> None:
    prepare(services, "A", count=2)
    create_endpoint(services, "A")
    pids = [invoke(services)["pid"] for _ in range(4)]
    assert len(set(pids)) == 2
    assert pids[:2] == pids[2:]


def test_server_that_ends_is_replaced(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    old = invoke(services)["pid"]
    assert refusal(invoke, services, {"die": True})[0] in ("ModelError", "ServiceUnavailable")
    services.until(lambda: answered_by_another(services, old))


def test_server_that_hangs_is_replaced(services: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local.services.sagemaker.model_server.HEALTH_CHECK_SECONDS", 0.1)
    prepare(services, "A")
    create_endpoint(services, "A")
    old = invoke(services)["pid"]
    assert invoke(services, {"hang": True})["pid"] == old
    services.until(lambda: answered_by_another(services, old))
    assert not alive(old)


def test_captured_invocations_are_in_s3(services: Any) -> None:
    create_model(services, "A")
    services.sagemaker.create_endpoint_config(
        EndpointConfigName="captured",
        ProductionVariants=[
            {
                "VariantName": "AllTraffic",
                "ModelName": "A",
                "InstanceType": "ml.m5.large",
                "InitialInstanceCount": 1,
            }
        ],
        DataCaptureConfig={
            "InitialSamplingPercentage": 100,
            "DestinationS3Uri": "s3://artifacts/data-capture",
            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
            "CaptureContentTypeHeader": {"JsonContentTypes": ["application/json"]},
        },
    )
    create_endpoint(services, "captured")
    label = invoke(services, {"asked": 1})["label"]

    def captured() -> list[str]:
        found = services.s3.list_objects_v2(
            Bucket="artifacts", Prefix="data-capture/sentiment/AllTraffic/"
        )
        return [item["Key"] for item in found.get("Contents", [])]

    keys = services.until(captured)
    lines = services.s3.get_object(Bucket="artifacts", Key=keys[0])["Body"].read().splitlines()
    data = json.loads(lines[0])["captureData"]
    assert data["endpointInput"]["data"] == '{"asked": 1}'
    assert json.loads(data["endpointOutput"]["data"])["label"] == label


def test_error_of_the_model_is_passed_on(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    with pytest.raises(ClientError) as caught:
        invoke(services, {"fail": 400})
    response = caught.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert response["Error"]["Code"] == "ModelError"
    assert response["OriginalStatusCode"] == 400
    assert response["OriginalMessage"] == '{"error": "bad instances"}'
    assert response["Error"]["Message"].startswith(
        'Received client error (400) from primary with message "{"error": "bad instances"}".'
    )


def post(url: str, size: int) -> int:
    body = json.dumps({"filling": ""}).encode()
    body = body[:-2] + b"x" * (size - len(body)) + body[-2:]
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_payload_is_limited_on_both_sides(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    url = f"{services.url}/endpoints/sentiment/invocations"
    limit = 6 * 1024 * 1024
    assert post(url, limit) == 200
    assert post(url, limit + 1) == 413


def test_serverless_takes_a_smaller_payload(services: Any) -> None:
    create_model(services, "A")
    create_config(services, "A", **SERVERLESS)
    described = create_endpoint(services, "A")
    variant = described["ProductionVariants"][0]
    assert variant["CurrentServerlessConfig"] == SERVERLESS["ServerlessConfig"]
    url = f"{services.url}/endpoints/sentiment/invocations"
    limit = 4 * 1024 * 1024
    assert post(url, limit) == 200
    assert post(url, limit + 1) == 413
