"""Documents that AWS makes calls of by itself: pipeline definitions and OpenAPI documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.python.aws_models.plans import Plans
from tests.python.aws_models.requests.openapi import document_requests
from tests.python.aws_models.requests.pipeline import Definition
from tests.python.aws_models.requests.table import problems


def _definitions(plans: Plans) -> list[tuple[str, str]]:
    token = "aws:sagemaker/pipeline:Pipeline"
    return [(label, one.inputs["pipelineDefinition"]) for label, one in plans.resources(token)]


def _documents(plans: Plans) -> list[tuple[str, dict[str, Any]]]:
    token = "aws:apigateway/restApi:RestApi"
    return [(label, json.loads(one.inputs["body"])) for label, one in plans.resources(token)]


def test_every_step_of_every_pipeline_fits_the_model_of_its_call(plans: Plans) -> None:
    found = []
    steps = []
    for label, text in _definitions(plans):
        for name, call in Definition.parse(text).requests():
            steps.append(name)
            found += [f"{label}: step {name}: {problem}" for problem in problems(call)]
    assert found == []
    per_stack = {"BuildTrainingSet", "Train", "Evaluate", "RegisterModel"}
    assert {name: steps.count(name) for name in per_stack} == dict.fromkeys(per_stack, 3)


def _changed(plans: Plans, old: str, new: str) -> Definition:
    _, text = _definitions(plans)[0]
    assert old in text
    return Definition.parse(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"TrainingInputMode":"File"', '"TrainingInputMode":"Files"', "enum value set"),
        ('"InstanceType":"ml.m5.xlarge"', '"InstanceType":"m5.xlarge"', "enum value set"),
        ('"ChannelName":"train"', '"ChannelName":"train/data"', "regular expression pattern"),
        ('"MaxRuntimeInSeconds":7200', '"MaxRuntimeInSeconds":0', "valid min value: 1"),
        ('"S3UploadMode":"EndOfJob"', '"S3UploadMode":"Later"', "enum value set"),
        ('"Jar":', '"Jars":', 'Missing required parameter in Steps[0].HadoopJarStep: "Jar"'),
    ],
)
def test_a_wrong_argument_of_a_step_is_found(
    plans: Plans, old: str, new: str, problem: str
) -> None:
    definition = _changed(plans, old, new)
    found = [text for _, call in definition.requests() for text in problems(call)]
    assert any(problem in text for text in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Parameters.Epochs", "Parameters.Epoch"),
        ("Execution.PipelineExecutionId", "Execution.Id"),
        ("Steps.Train.ModelArtifacts.S3ModelArtifacts", "Steps.Train.ModelArtifacts.S3Uri"),
        ("Steps.Train.ModelArtifacts.S3ModelArtifacts", "Steps.Training.ModelArtifacts"),
        ("PropertyFiles.EvaluationReport", "PropertyFiles.Report"),
    ],
)
def test_an_expression_that_refers_to_nothing_is_found(plans: Plans, old: str, new: str) -> None:
    with pytest.raises(ValueError, match="refers to nothing"):
        list(_changed(plans, old, new).requests())


def test_everything_an_import_creates_fits_the_model_of_its_call(plans: Plans) -> None:
    found = []
    count = 0
    for label, document in _documents(plans):
        for place, call in document_requests(document):
            count += 1
            found += [f"{label}: {place}: {problem}" for problem in problems(call)]
    assert found == []
    assert count > 3 * 30


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"type": "lambda"}, "enum value set: [HTTP, AWS, MOCK, HTTP_PROXY, AWS_PROXY]"),
        ({"passthrough": "never"}, 'Unknown parameter in input: "passthrough"'),
        ({"responses": {"default": {"statusCode": "2xx"}}}, r"pattern: [1-5]\d\d"),
    ],
)
def test_a_wrong_integration_is_found(plans: Plans, change: dict[str, Any], problem: str) -> None:
    _, document = _documents(plans)[0]
    operation = document["paths"]["/v1/predictions"]["post"]
    operation["x-amazon-apigateway-integration"].update(change)
    found = [text for _, call in document_requests(document) for text in problems(call)]
    assert any(problem in text for text in found), found


def _headers(change: dict[str, Any]) -> dict[str, Any]:
    """Returns an operation that answers a header, as those for browsers do."""
    name = "Access-Control-Allow-Origin"
    mapping = {f"method.response.header.{name}": "'*'"}
    answer = {"statusCode": "204", "responseParameters": mapping, **change}
    return {
        "responses": {"204": {"description": "", "headers": {name: {"schema": {}}}}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "passthroughBehavior": "never",
            "requestTemplates": {"application/json": '{"statusCode":204}'},
            "responses": {"default": answer},
        },
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"responseHeaders": {}}, 'Unknown parameter in input: "responseHeaders"'),
        ({"responseParameters": {"method.response.header.A": 1}}, "Invalid type for parameter"),
    ],
)
def test_headers_of_an_answer_fit_the_model_or_are_found(
    plans: Plans, change: dict[str, Any], problem: str | None
) -> None:
    _, document = _documents(plans)[0]
    document["paths"] = {"/v1/model": {"options": _headers(change)}}
    document["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"]["responseParameters"] = {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'"
    }
    calls = list(document_requests(document))
    found = [text for _, call in calls for text in problems(call)]
    assert (found == []) if problem is None else any(problem in text for text in found), found
    (declared,) = [call for place, call in calls if call.shape == "PutMethodResponse"]
    assert declared.parameters["responseParameters"] == {
        "method.response.header.Access-Control-Allow-Origin": False
    }


def test_an_unknown_gateway_response_is_found(plans: Plans) -> None:
    _, document = _documents(plans)[0]
    document["x-amazon-apigateway-gateway-responses"]["TEAPOT"] = {"statusCode": "418"}
    found = [text for _, call in document_requests(document) for text in problems(call)]
    assert any("'TEAPOT' at 'responseType'" in text for text in found), found


def test_an_operation_without_integration_is_an_error(plans: Plans) -> None:
    _, document = _documents(plans)[0]
    del document["paths"]["/v1/health"]["get"]["x-amazon-apigateway-integration"]
    with pytest.raises(KeyError, match="x-amazon-apigateway-integration"):
        list(document_requests(document))
