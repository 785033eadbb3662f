"""Endpoints through boto3, in front of a small fake of the model server."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/endpoint"
ACCOUNT = "arn:aws:sagemaker:us-east-1:123456789012"
SERVERLESS: dict[str, Any] = {"ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}
CANARY = {
    "TrafficRoutingConfiguration": {
        "Type": "CANARY",
        "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 50},
        "WaitIntervalInSeconds": 3,
    },
    "TerminationWaitInSeconds": 0,
}


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


def settle(services: Any) -> Any:
    busy = ("Creating", "Updating", "RollingBack")

    def settled() -> Any:
        described = describe(services)
        return None if described["EndpointStatus"] in busy else described

    return services.until(settled)


def create_endpoint(services: Any, config: str, **members: Any) -> Any:
    services.sagemaker.create_endpoint(
        EndpointName="sentiment", EndpointConfigName=config, **members
    )
    return settle(services)


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


def test_instances_take_turns(services: Any) -> None:
    prepare(services, "A", count=2)
    create_endpoint(services, "A")
    pids = [invoke(services)["pid"] for _ in range(4)]
    assert len(set(pids)) == 2
    assert pids[:2] == pids[2:]


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


def test_update_serves_the_new_model_and_stops_the_old(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    old = invoke(services)
    prepare(services, "B")
    update_endpoint(services, "B")
    described = settle(services)
    assert described["EndpointConfigName"] == "B"
    assert "FailureReason" not in described
    assert invoke(services)["label"] == "B"
    assert not alive(old["pid"])


@pytest.mark.parametrize("start", ["crash", "unhealthy"])
def test_update_to_a_bad_model_rolls_back(services: Any, start: str) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    serving = invoke(services)["pid"]
    prepare(services, "bad", start=start)
    update_endpoint(services, "bad")
    described = settle(services)
    assert described["EndpointStatus"] == "InService"
    assert described["EndpointConfigName"] == "A"
    assert "did not pass the ping health check" in described["FailureReason"]
    assert invoke(services)["pid"] == serving

    prepare(services, "B")
    update_endpoint(services, "B")
    described = settle(services)
    assert described["EndpointConfigName"] == "B"
    assert "FailureReason" not in described


def test_canary_sends_a_share_before_it_sends_everything(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    prepare(services, "B")
    update_endpoint(services, "B", DeploymentConfig={"BlueGreenUpdatePolicy": CANARY})
    services.until(lambda: invoke(services)["label"] == "B")
    services.until(lambda: invoke(services)["label"] == "A")
    assert describe(services)["EndpointStatus"] == "Updating"
    assert settle(services)["EndpointConfigName"] == "B"
    assert {invoke(services)["label"] for _ in range(20)} == {"B"}


def test_alarm_during_the_canary_rolls_back(services: Any, client: Any) -> None:
    cloudwatch = client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        MetricName="Invocation5XXErrors",
        Namespace="AWS/SageMaker",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="test")
    prepare(services, "A")
    create_endpoint(services, "A")
    prepare(services, "B")
    update_endpoint(
        services,
        "B",
        DeploymentConfig={
            "BlueGreenUpdatePolicy": CANARY,
            "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "errors"}]},
        },
    )
    services.until(lambda: invoke(services)["label"] == "B")
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="test")
    described = settle(services)
    assert described["EndpointConfigName"] == "A"
    assert described["FailureReason"] == (
        "Deployment rolled back: the alarm errors is in state ALARM."
    )
    assert {invoke(services)["label"] for _ in range(20)} == {"A"}


def scale(services: Any, count: int) -> int:
    services.sagemaker.update_endpoint_weights_and_capacities(
        EndpointName="sentiment",
        DesiredWeightsAndCapacities=[{"VariantName": "AllTraffic", "DesiredInstanceCount": count}],
    )
    return int(settle(services)["ProductionVariants"][0]["CurrentInstanceCount"])


def test_capacity_survives_an_update_that_retains_it(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    assert scale(services, 2) == 2
    prepare(services, "B")
    update_endpoint(services, "B", RetainAllVariantProperties=True)
    assert settle(services)["ProductionVariants"][0]["CurrentInstanceCount"] == 2
    prepare(services, "C")
    update_endpoint(services, "C")
    assert settle(services)["ProductionVariants"][0]["CurrentInstanceCount"] == 1


def test_server_that_dies_is_replaced(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    old = invoke(services)["pid"]
    assert refusal(invoke, services, {"die": True})[0] in ("ModelError", "ServiceUnavailable")

    def replaced() -> bool:
        try:
            return bool(invoke(services)["pid"] != old)
        except ClientError:
            return False

    services.until(replaced)


def test_change_of_mode_is_refused(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    create_model(services, "B")
    create_config(services, "B", **SERVERLESS)
    code, message = refusal(update_endpoint, services, "B")
    assert code == "ValidationException"
    assert "cannot change between serverless and instances" in message
    assert describe(services)["EndpointStatus"] == "InService"


@pytest.mark.parametrize("autoscaled", [True, False])
def test_instance_type_of_an_autoscaled_variant_stays(
    services: Any, client: Any, autoscaled: bool
) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    target = {
        "ServiceNamespace": "sagemaker",
        "ResourceId": "endpoint/sentiment/variant/AllTraffic",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
    }
    scaling = client("application-autoscaling")
    create_model(services, "B")
    create_config(services, "B", InstanceType="ml.m5.xlarge", InitialInstanceCount=1)
    if autoscaled:
        scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=3)
        code, message = refusal(update_endpoint, services, "B")
        assert (code, "registered for autoscaling" in message) == ("ValidationException", True)
        scaling.deregister_scalable_target(**target)
    update_endpoint(services, "B")
    assert settle(services)["EndpointConfigName"] == "B"


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
def test_serverless_excludes_what_it_excludes_on_aws(
    services: Any, member: str, value: Any
) -> None:
    create_model(services, "A")
    variant = {"VariantName": "AllTraffic", "ModelName": "A", **SERVERLESS}
    request = {"EndpointConfigName": "A", "ProductionVariants": [variant], member: value}
    code, message = refusal(services.sagemaker.create_endpoint_config, **request)
    assert code == "ValidationException"
    assert f"leave {member} out" in message


def test_only_one_change_at_a_time(services: Any) -> None:
    prepare(services, "A")
    services.sagemaker.create_endpoint(EndpointName="sentiment", EndpointConfigName="A")
    message = f'Cannot update in-progress endpoint "{ACCOUNT}:endpoint/sentiment".'
    assert refusal(update_endpoint, services, "A") == ("ValidationException", message)
    settle(services)


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
