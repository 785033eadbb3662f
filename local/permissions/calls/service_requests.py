"""Requests to EMR, SageMaker and its runtime as questions to IAM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.permissions.calls.call import Call
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

# Service (as IAM names it) and operation: what the request names, and how that is in an ARN.
_RESOURCES: dict[tuple[str, str], tuple[str, str]] = {
    ("elasticmapreduce", "AddJobFlowSteps"): ("JobFlowId", "cluster/{}"),
    ("elasticmapreduce", "CancelSteps"): ("ClusterId", "cluster/{}"),
    ("elasticmapreduce", "DescribeCluster"): ("ClusterId", "cluster/{}"),
    ("elasticmapreduce", "DescribeStep"): ("ClusterId", "cluster/{}"),
    ("elasticmapreduce", "ListInstanceFleets"): ("ClusterId", "cluster/{}"),
    ("elasticmapreduce", "ListInstances"): ("ClusterId", "cluster/{}"),
    ("elasticmapreduce", "ListSteps"): ("ClusterId", "cluster/{}"),
    ("sagemaker", "DescribeEndpoint"): ("EndpointName", "endpoint/{}"),
    ("sagemaker", "DescribeModelPackage"): ("ModelPackageName", "{}"),
    ("sagemaker", "DescribePipelineExecution"): ("PipelineExecutionArn", "{}"),
    ("sagemaker", "InvokeEndpoint"): ("EndpointName", "endpoint/{}"),
    ("sagemaker", "ListPipelineExecutionSteps"): ("PipelineExecutionArn", "{}"),
    ("sagemaker", "ListPipelineExecutions"): ("PipelineName", "pipeline/{}"),
    ("sagemaker", "StartPipelineExecution"): ("PipelineName", "pipeline/{}"),
    ("sagemaker", "UpdateModelPackage"): ("ModelPackageArn", "{}"),
}

# Actions that IAM demands no resource for.
_WITHOUT_RESOURCE = frozenset({("sagemaker", "ListModelPackages")})

# Members of requests that are condition keys.
_CONDITIONS = {"ModelApprovalStatus": "sagemaker:modelapprovalstatus"}


def service_request_calls(
    service: str, operation: str, parameters: Mapping[str, Any], place: Place
) -> list[Call]:
    """Returns everything that has to be allowed.

    Args:
        service: As IAM names it, for example `elasticmapreduce`.
        operation: Name of the operation.
        parameters: Of the request.
        place: The run's.

    Raises:
        UnknownCall: Nobody has said what the request needs.
    """
    action = f"{service}:{operation}"
    context = {key: parameters[name] for name, key in _CONDITIONS.items() if name in parameters}
    if (service, operation) in _WITHOUT_RESOURCE:
        return [Call(action, "*", context)]
    if (service, operation) not in _RESOURCES:
        raise UnknownCall(f"{operation} of {service}", "service_requests.py")
    member, pattern = _RESOURCES[service, operation]
    named = str(parameters[member])
    arn = named if named.startswith("arn:") else place.arn(service, pattern.format(named))
    # SageMaker writes the names of pipelines in ARNs in lower case.
    return [Call(action, arn.lower() if ":pipeline/" in arn else arn, context)]
