"""The JSON protocol as real clients see it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.services.protocol.errors import ValidationError
from local.services.protocol.pagination import page
from local.services.protocol.request_validation import load_service_model, validate_input


def post(url: str, target: str, body: bytes) -> tuple[int, dict[str, Any], Any]:
    request = urllib.request.Request(url, body, {"X-Amz-Target": target})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.loads(response.read()), response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read()), error.headers


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_operation_that_only_aws_has_is_unknown(services: Any, caplog: Any) -> None:
    code, message = refusal(services.sagemaker.list_notebook_instances)
    assert code == "UnknownOperationException"
    assert message == (
        "SageMaker.ListNotebookInstances: AWS has this operation, the stand-in does not."
    )
    assert "Unknown operation 'SageMaker.ListNotebookInstances'" in caplog.text


@pytest.mark.parametrize("target", ["SageMaker.MakeCoffee", "Coffee.Make", ""])
def test_operation_that_aws_does_not_have_is_unknown(services: Any, target: str) -> None:
    status, body, headers = post(services.url, target, b"{}")
    assert (status, body["__type"]) == (400, "UnknownOperationException")
    assert headers["x-amzn-ErrorType"] == "UnknownOperationException"
    assert headers["Content-Type"] == "application/x-amz-json-1.1"


def test_body_that_is_not_json_is_a_serialization_error(services: Any) -> None:
    status, body, _ = post(services.url, "SageMaker.DescribeModel", b"{")
    assert (status, body["__type"]) == (400, "SerializationException")


def test_all_problems_of_a_request_come_in_one_answer(services: Any) -> None:
    body = json.dumps({"ModelName": "under_score", "Surprise": 1}).encode()
    status, answer, _ = post(services.url, "SageMaker.CreateModel", body)
    assert (status, answer["__type"]) == (400, "ValidationException")
    assert answer["message"].startswith("2 validation errors detected: ")
    assert 'Unknown parameter in input: "Surprise"' in answer["message"]
    assert (
        "Value 'under_score' at 'modelName' failed to satisfy constraint: Member must satisfy "
        "regular expression pattern: " in answer["message"]
    )


def test_missing_member_is_named(services: Any) -> None:
    status, answer, _ = post(services.url, "ElasticMapReduce.DescribeCluster", b"{}")
    assert status == 400
    assert answer["message"] == (
        '1 validation error detected: Missing required parameter in input: "ClusterId"'
    )


def test_value_outside_an_enumeration_shows_the_choices() -> None:
    request = {"JobFlowId": "j-1", "Steps": [step_with_action("EXPLODE")]}
    with pytest.raises(ValidationError) as caught:
        validate_input(request, load_service_model("emr"), "AddJobFlowSteps")
    assert caught.value.message == (
        "1 validation error detected: Value 'EXPLODE' at 'steps.1.member.actionOnFailure' failed "
        "to satisfy constraint: Member must satisfy enum value set: "
        "[TERMINATE_JOB_FLOW, TERMINATE_CLUSTER, CANCEL_AND_WAIT, CONTINUE]"
    )


def step_with_action(action: str) -> dict[str, Any]:
    jar = {"Jar": "command-runner.jar"}
    return {"Name": "s", "ActionOnFailure": action, "HadoopJarStep": jar}


@pytest.mark.parametrize(("length", "accepted"), [(63, True), (64, False)])
def test_length_is_checked_on_both_sides(length: int, accepted: bool) -> None:
    request = {"ModelName": "m" * length}
    model = load_service_model("sagemaker")
    if accepted:
        validate_input(request, model, "DescribeModel")
        return
    with pytest.raises(ValidationError, match="Member must have length less than or equal to 63"):
        validate_input(request, model, "DescribeModel")


@pytest.mark.parametrize(("number", "accepted"), [(100, True), (101, False), (0, False)])
def test_range_is_checked_on_both_sides(number: int, accepted: bool) -> None:
    model = load_service_model("sagemaker")
    if accepted:
        validate_input({"MaxResults": number}, model, "ListEndpoints")
        return
    with pytest.raises(ValidationError):
        validate_input({"MaxResults": number}, model, "ListEndpoints")


def test_pages_join_to_the_whole_list() -> None:
    first, token = page([1, 2, 3], None, 2)
    second, end = page([1, 2, 3], token, 2)
    assert (list(first), list(second), end) == ([1, 2], [3], None)


def test_full_last_page_has_no_token() -> None:
    assert page([1, 2], None, 2) == ([1, 2], None)


@pytest.mark.parametrize("token", ["nonsense", "b2Zmc2V0Oi0x", "!"])
def test_foreign_token_is_refused(token: str) -> None:
    with pytest.raises(ValidationError, match="is not valid"):
        page([1], token, 1)
