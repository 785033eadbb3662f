"""API Gateway and WAF (terraform: apigateway/*.go, wafv2/web_acl*.go).

The OpenAPI document of a REST API stands for calls of its own: see test_openapi.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.requests.inputs import (
    Inputs,
    Request,
    Resolver,
    api,
    known,
    request,
)


def _rest_api(inputs: Inputs) -> Iterator[Request]:
    endpoint: dict[str, Any] = dict(inputs["endpointConfiguration"])
    compression = inputs["minimumCompressionSize"]
    yield request(
        "apigateway",
        "CreateRestApi",
        name=inputs["name"],
        description=inputs["description"],
        apiKeySource=inputs["apiKeySource"],
        binaryMediaTypes=inputs["binaryMediaTypes"],
        disableExecuteApiEndpoint=inputs["disableExecuteApiEndpoint"],
        endpointConfiguration={**endpoint, "types": [endpoint["types"]]},
        minimumCompressionSize=None if compression is None else int(compression),
        policy=inputs["policy"],
        tags=inputs.tags,
    )
    if inputs["body"] is not None:
        yield request(
            "apigateway",
            "PutRestApi",
            restApiId="abcdefghij",
            mode=inputs["putRestApiMode"],
            failOnWarnings=inputs["failOnWarnings"],
            body=inputs["body"],
        )


def _rest_api_policy(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "apigateway",
        "UpdateRestApi",
        restApiId=inputs["restApiId"],
        patchOperations=[{"op": "replace", "path": "/policy", "value": inputs["policy"]}],
    )


def _deployment(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("triggers")
    yield request(
        "apigateway",
        "CreateDeployment",
        restApiId=inputs["restApi"],
        description=inputs["description"],
        variables=inputs["variables"],
    )


def _stage(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "apigateway",
        "CreateStage",
        restApiId=inputs["restApi"],
        stageName=inputs["stageName"],
        deploymentId=inputs["deployment"],
        description=inputs["description"],
        tracingEnabled=inputs["xrayTracingEnabled"],
        variables=inputs["variables"],
        tags=inputs.tags,
    )
    if inputs["accessLogSettings"] is not None:
        yield request("apigateway", "AccessLogSettings", **inputs["accessLogSettings"])


def _method_settings(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("restApi", "stageName", "methodPath")
    yield request("apigateway", "MethodSetting", **inputs["settings"])


def _usage_plan(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "apigateway",
        "CreateUsagePlan",
        name=inputs["name"],
        description=inputs["description"],
        apiStages=inputs["apiStages"],
        throttle=inputs["throttleSettings"],
        quota=inputs["quotaSettings"],
        tags=inputs.tags,
    )


def _api_key(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "apigateway",
        "CreateApiKey",
        name=inputs["name"],
        description=inputs["description"],
        enabled=inputs["enabled"],
        value=inputs["value"],
        tags=inputs.tags,
    )


def _usage_plan_key(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "apigateway",
        "CreateUsagePlanKey",
        usagePlanId=inputs["usagePlanId"],
        keyId=inputs["keyId"],
        keyType=inputs["keyType"],
    )


def _account(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "apigateway",
        "UpdateAccount",
        patchOperations=[
            {"op": "replace", "path": "/cloudwatchRoleArn", "value": inputs["cloudwatchRoleArn"]}
        ],
    )


def _web_acl(inputs: Inputs) -> Iterator[Request]:
    # A matched managed group is overridden, a rule of ours acts: AWS tells the two by one capital.
    rules = api(inputs["rules"], cloudwatchMetricsEnabled="CloudWatchMetricsEnabled")
    yield request(
        "wafv2",
        "CreateWebACL",
        Name=inputs["name"],
        Scope=inputs["scope"],
        Description=inputs["description"],
        DefaultAction=api(inputs["defaultAction"]),
        Rules=rules,
        VisibilityConfig=api(
            inputs["visibilityConfig"], cloudwatchMetricsEnabled="CloudWatchMetricsEnabled"
        ),
        Tags=inputs.tag_list or None,
    )


def _web_acl_association(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "wafv2",
        "AssociateWebACL",
        WebACLArn=inputs["webAclArn"],
        ResourceArn=inputs["resourceArn"],
    )


def _web_acl_logging(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "wafv2",
        "PutLoggingConfiguration",
        LoggingConfiguration=known(
            {
                "ResourceArn": inputs["resourceArn"],
                "LogDestinationConfigs": inputs["logDestinationConfigs"],
                "RedactedFields": api(inputs["redactedFields"]),
            }
        ),
    )


resolvers: dict[str, Resolver] = {
    "aws:apigateway/restApi:RestApi": _rest_api,
    "aws:apigateway/restApiPolicy:RestApiPolicy": _rest_api_policy,
    "aws:apigateway/deployment:Deployment": _deployment,
    "aws:apigateway/stage:Stage": _stage,
    "aws:apigateway/methodSettings:MethodSettings": _method_settings,
    "aws:apigateway/usagePlan:UsagePlan": _usage_plan,
    "aws:apigateway/apiKey:ApiKey": _api_key,
    "aws:apigateway/usagePlanKey:UsagePlanKey": _usage_plan_key,
    "aws:apigateway/account:Account": _account,
    "aws:wafv2/webAcl:WebAcl": _web_acl,
    "aws:wafv2/webAclAssociation:WebAclAssociation": _web_acl_association,
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": _web_acl_logging,
}
