"""SageMaker and its autoscaling (terraform: sagemaker/*.go, appautoscaling/*.go)."""

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


def _package_group(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "sagemaker",
        "CreateModelPackageGroup",
        ModelPackageGroupName=inputs["modelPackageGroupName"],
        ModelPackageGroupDescription=inputs["modelPackageGroupDescription"],
        Tags=inputs.tag_list,
    )


def _pipeline(inputs: Inputs) -> Iterator[Request]:
    # What the definition says is looked at step by step, in test_pipeline_steps.py.
    yield request(
        "sagemaker",
        "CreatePipeline",
        PipelineName=inputs["pipelineName"],
        PipelineDisplayName=inputs["pipelineDisplayName"],
        PipelineDescription=inputs["pipelineDescription"],
        PipelineDefinition=inputs["pipelineDefinition"],
        ClientRequestToken="0" * 32,
        RoleArn=inputs["roleArn"],
        ParallelismConfiguration=api(inputs["parallelismConfiguration"]),
        Tags=inputs.tag_list,
    )


def _model(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "sagemaker",
        "CreateModel",
        ModelName=inputs["name"],
        ExecutionRoleArn=inputs["executionRoleArn"],
        PrimaryContainer=_container(inputs["primaryContainer"]),
        EnableNetworkIsolation=inputs["enableNetworkIsolation"],
        VpcConfig=api(inputs["vpcConfig"]),
        Tags=inputs.tag_list,
    )


def _container(container: dict[str, Any]) -> dict[str, Any]:
    # The names of a container's variables are its own.
    variables = container.get("environment")
    rest = {key: value for key, value in container.items() if key != "environment"}
    return known({**api(rest), "Environment": variables})


def _endpoint_configuration(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "sagemaker",
        "CreateEndpointConfig",
        EndpointConfigName=inputs["name"],
        ProductionVariants=api(
            inputs["productionVariants"],
            memorySizeInMb="MemorySizeInMB",
            volumeSizeInGb="VolumeSizeInGB",
        ),
        DataCaptureConfig=api(inputs["dataCaptureConfig"]),
        KmsKeyId=inputs["kmsKeyArn"],
        ExecutionRoleArn=inputs["executionRoleArn"],
        Tags=inputs.tag_list,
    )


def _deployment(inputs: Inputs) -> Iterator[Request]:
    # How long to wait and what to keep afterwards is the resource's own business.
    inputs.only_the_provider_reads(
        "accountId",
        "drainSeconds",
        "keepPrevious",
        "modelName",
        "region",
        "revision",
        "timeoutSeconds",
    )
    name = inputs["endpointName"]
    configuration = inputs["endpointConfigName"]
    yield request(
        "sagemaker",
        "CreateEndpoint",
        EndpointName=name,
        EndpointConfigName=configuration,
        DeploymentConfig=inputs["deploymentSettings"],
    )
    yield request(
        "sagemaker",
        "UpdateEndpoint",
        EndpointName=name,
        EndpointConfigName=configuration,
        RetainAllVariantProperties=inputs["retainCapacity"],
        DeploymentConfig=inputs["deploymentSettings"],
    )


def _remains(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("accountId", "deleteModels", "region", "revision")
    yield request(
        "sagemaker",
        "ListModelPackages",
        ModelPackageGroupName=inputs["modelPackageGroupName"],
        MaxResults=100,
    )
    yield request("sagemaker", "ListPipelineExecutions", PipelineName=inputs["pipelineName"])


def _scalable_target(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "application-autoscaling",
        "RegisterScalableTarget",
        ServiceNamespace=inputs["serviceNamespace"],
        ResourceId=inputs["resourceId"],
        ScalableDimension=inputs["scalableDimension"],
        MinCapacity=inputs["minCapacity"],
        MaxCapacity=inputs["maxCapacity"],
        RoleARN=inputs["roleArn"],
        Tags=inputs.tags,
    )


def _scaling_policy(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "application-autoscaling",
        "PutScalingPolicy",
        PolicyName=inputs["name"],
        PolicyType=inputs["policyType"],
        ServiceNamespace=inputs["serviceNamespace"],
        ResourceId=inputs["resourceId"],
        ScalableDimension=inputs["scalableDimension"],
        TargetTrackingScalingPolicyConfiguration=api(
            inputs["targetTrackingScalingPolicyConfiguration"]
        ),
        StepScalingPolicyConfiguration=api(inputs["stepScalingPolicyConfiguration"]),
    )


resolvers: dict[str, Resolver] = {
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": _package_group,
    "aws:sagemaker/pipeline:Pipeline": _pipeline,
    "aws:sagemaker/model:Model": _model,
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": _endpoint_configuration,
    "pulumi-nodejs:dynamic/endpoint:EndpointDeployment": _deployment,
    "pulumi-nodejs:dynamic/training:TrainingRemains": _remains,
    "aws:appautoscaling/target:Target": _scalable_target,
    "aws:appautoscaling/policy:Policy": _scaling_policy,
}
