"""Short forms of the endpoint operations."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/endpoint"


ACCOUNT = "arn:aws:sagemaker:us-east-1:123456789012"


SERVERLESS: dict[str, Any] = {"ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}


def create_model(services: Any, name: str, behaviour: dict[str, Any] | None = None) -> None:
    url = services.put_model(name, behaviour or {"label": name})
    services.sagemaker.create_model(
        ModelName=name,
        ExecutionRoleArn=ROLE,
        PrimaryContainer={"Image": "image", "ModelDataUrl": url},
    )


def create_config(services: Any, name: str, count: int = 1, **members: Any) -> None:
    mode = members or {"InstanceType": "ml.m5.large", "InitialInstanceCount": count}
    services.sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{"VariantName": "AllTraffic", "ModelName": name, **mode}],
    )


def prepare(services: Any, name: str, count: int = 1, **behaviour: Any) -> None:
    create_model(services, name, behaviour or None)
    create_config(services, name, count)


def describe(services: Any) -> Any:
    return services.sagemaker.describe_endpoint(EndpointName="sentiment")


def until_changed(services: Any) -> Any:
    busy = ("Creating", "Updating", "RollingBack")

    def changed() -> Any:
        described = describe(services)
        return None if described["EndpointStatus"] in busy else described

    return services.until(changed)


def create_endpoint(services: Any, config: str, **members: Any) -> Any:
    services.sagemaker.create_endpoint(
        EndpointName="sentiment", EndpointConfigName=config, **members
    )
    return until_changed(services)


def update_endpoint(services: Any, config: str, **members: Any) -> None:
    services.sagemaker.update_endpoint(
        EndpointName="sentiment", EndpointConfigName=config, **members
    )


def invoke(services: Any, body: Any = None, **members: Any) -> Any:
    answer = services.runtime.invoke_endpoint(
        EndpointName="sentiment",
        ContentType="application/json",
        Body=json.dumps(body or {}),
        **members,
    )
    return json.loads(answer["Body"].read())


def refusal(call: Any, *arguments: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(*arguments, **request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
