"""Updates of an endpoint: traffic shift, rollback, what SageMaker refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.services.endpoint_calls import (
    ACCOUNT,
    SERVERLESS,
    alive,
    create_config,
    create_endpoint,
    create_model,
    describe,
    invoke,
    prepare,
    refusal,
    until_changed,
    update_endpoint,
)

CANARY = {
    "TrafficRoutingConfiguration": {
        "Type": "CANARY",
        "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 50},
        "WaitIntervalInSeconds": 3,
    },
    "TerminationWaitInSeconds": 0,
}


def test_update_serves_the_new_model_and_stops_the_old(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    old = invoke(services)
    prepare(services, "B")
    update_endpoint(services, "B")
    described = until_changed(services)
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
    described = until_changed(services)
    assert described["EndpointStatus"] == "InService"
    assert described["EndpointConfigName"] == "A"
    assert "did not pass the ping health check" in described["FailureReason"]
    assert invoke(services)["pid"] == serving

    prepare(services, "B")
    update_endpoint(services, "B")
    described = until_changed(services)
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
    assert until_changed(services)["EndpointConfigName"] == "B"
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
    described = until_changed(services)
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
    return int(until_changed(services)["ProductionVariants"][0]["CurrentInstanceCount"])


def test_capacity_survives_an_update_that_retains_it(services: Any) -> None:
    prepare(services, "A")
    create_endpoint(services, "A")
    assert scale(services, 2) == 2
    prepare(services, "B")
    update_endpoint(services, "B", RetainAllVariantProperties=True)
    assert until_changed(services)["ProductionVariants"][0]["CurrentInstanceCount"] == 2
    prepare(services, "C")
    update_endpoint(services, "C")
    assert until_changed(services)["ProductionVariants"][0]["CurrentInstanceCount"] == 1


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
    assert until_changed(services)["EndpointConfigName"] == "B"


def test_only_one_change_at_a_time(services: Any) -> None:
    prepare(services, "A")
    services.sagemaker.create_endpoint(EndpointName="sentiment", EndpointConfigName="A")
    message = f'Cannot update in-progress endpoint "{ACCOUNT}:endpoint/sentiment".'
    assert refusal(update_endpoint, services, "A") == ("ValidationException", message)
    until_changed(services)
