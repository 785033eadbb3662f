"""Every planned resource as the API call it stands for, against AWS's own service models.

Proves names, required members, enumerations, ranges and patterns; not that AWS accepts the call.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.aws_models.plans import Plans
from tests.python.aws_models.requests.inputs import Inputs, api, one, request
from tests.python.aws_models.requests.table import NO_CALLS, problems, requests_of


def test_every_resource_of_every_stack_fits_the_model_of_its_call(plans: Plans) -> None:
    found = []
    count = 0
    for label, resource in plans.resources():
        if resource.type.startswith(NO_CALLS):
            continue
        calls, unread = requests_of(resource.type, resource.inputs)
        found += [f"{label}: no call takes the input {name!r}" for name in unread]
        for call in calls:
            count += 1
            found += [f"{label}: {call.shape}: {text}" for text in problems(call)]
    assert found == []
    assert count > 300


def test_the_services_of_the_chain_are_all_looked_at(plans: Plans) -> None:
    services = {
        call.service
        for _, resource in plans.resources()
        if not resource.type.startswith(NO_CALLS)
        for call in requests_of(resource.type, resource.inputs)[0]
    }
    assert services >= {
        "apigateway",
        "application-autoscaling",
        "emr",
        "events",
        "iam",
        "kinesis",
        "sagemaker",
        "scheduler",
    }


def test_a_type_without_a_call_is_an_error() -> None:
    with pytest.raises(KeyError, match="aws:ssm/parameter:Parameter"):
        requests_of("aws:ssm/parameter:Parameter", {})


def test_an_input_that_no_call_takes_is_named() -> None:
    inputs = {"bucket": "a-bucket", "policy": "{}", "surprise": 1}
    _, unread = requests_of("aws:s3/bucketPolicy:BucketPolicy", inputs)
    assert unread == ["surprise"]


def _first(plans: Plans, token: str) -> dict[str, Any]:
    for _, resource in plans.resources(token):
        return dict(resource.inputs)
    raise AssertionError(f"No stack has a {token}.")


@pytest.mark.parametrize(
    ("token", "change", "problem"),
    [
        (
            "aws:kinesis/stream:Stream",
            {"streamModeDetails": {"streamMode": "SOMETIMES"}},
            "Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]",
        ),
        (
            "aws:kinesis/stream:Stream",
            {"name": "with space"},
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        ),
        (
            "aws:emr/managedScalingPolicy:ManagedScalingPolicy",
            {"computeLimits": [{"unitType": "Instances", "maximumCapacityUnits": 1}]},
            'Missing required parameter in ManagedScalingPolicy.ComputeLimits: "MinimumCapacityUn',
        ),
        (
            "aws:emr/cluster:Cluster",
            {"ec2Attributes": {"instanceProfile": "p", "subnet": "s"}},
            'Unknown parameter in Instances: "Subnet"',
        ),
        (
            "aws:sagemaker/model:Model",
            {"name": "with_underscore"},
            "'modelName' failed to satisfy constraint: Member must satisfy regular expression",
        ),
        (
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            {"evaluationPeriods": 0},
            "Invalid value for parameter EvaluationPeriods, value: 0, valid min value: 1",
        ),
        (
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            {"comparisonOperator": "GreaterThan"},
            "Member must satisfy enum value set",
        ),
        (
            "aws:apigateway/methodSettings:MethodSettings",
            {"settings": {"throttlingRate": 1}},
            'Unknown parameter in input: "throttlingRate"',
        ),
        (
            "aws:iam/role:Role",
            {"name": "x" * 65},
            "Member must have length less than or equal to 64",
        ),
        (
            "aws:appautoscaling/target:Target",
            {"scalableDimension": "sagemaker:variant:Count"},
            "Member must satisfy enum value set",
        ),
        (
            "aws:athena/workgroup:Workgroup",
            {"configuration": {"bytesScannedCutoffPerQuery": 1_000_000}},
            "Invalid value for parameter Configuration.BytesScannedCutoffPerQuery, value: 1000000, "
            "valid min value: 10000000",
        ),
        (
            "aws:cloudwatch/eventRule:EventRule",
            {"name": "no spaces here"},
            "Member must satisfy regular expression pattern",
        ),
    ],
)
def test_a_wrong_input_is_found(
    plans: Plans, token: str, change: dict[str, Any], problem: str
) -> None:
    calls, _ = requests_of(token, {**_first(plans, token), **change})
    found = [text for call in calls for text in problems(call)]
    assert any(problem in text for text in found), found


def test_names_are_written_as_aws_does_at_every_depth() -> None:
    given = {"sizeInGb": 1, "nested": [{"maxCount": 2, "absent": None}]}
    assert api(given, sizeInGb="SizeInGB") == {"SizeInGB": 1, "Nested": [{"MaxCount": 2}]}


def test_a_block_that_is_taken_once_may_not_be_given_twice() -> None:
    assert one([1]) == 1
    with pytest.raises(ValueError, match="given 2 times"):
        one([1, 2])


def test_what_is_none_is_not_sent() -> None:
    assert request("s3", "CreateBucket", Bucket="b", ACL=None).parameters == {"Bucket": "b"}


def test_inputs_remember_what_was_read() -> None:
    inputs = Inputs({"a": 1, "b": 2, "tags": {"k": "v"}})
    assert inputs["a"] == 1
    assert inputs["missing"] is None
    assert inputs.tag_list == [{"Key": "k", "Value": "v"}]
    assert inputs.unread == ["b"]
