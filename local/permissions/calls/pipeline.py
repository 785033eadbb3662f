"""What SageMaker does in the name of a pipeline's role.

SageMaker developer guide, "IAM access management" of pipelines and "EMR step".
"""

from __future__ import annotations

from local.permissions.calls.call import Call
from local.permissions.place import Place

# SageMaker makes this rule to hear of the end of a step on a cluster.
_EMR_STEP_RULE = "SageMakerPipelineExecutionEMRStepStatusUpdateRule"


def job_calls(place: Place, kind: str, name: str, role_arn: str) -> list[Call]:
    """Returns what starting and following a job takes.

    Args:
        place: The run's.
        kind: `Training` or `Processing`.
        name: Of the job.
        role_arn: Role that the job gets.
    """
    job = place.arn("sagemaker", f"{kind.lower()}-job/{name}")
    return [
        Call(f"sagemaker:Create{kind}Job", job),
        # Pipelines tag what they make with the execution.
        Call("sagemaker:AddTags", job),
        Call("iam:PassRole", role_arn, {"iam:passedtoservice": "sagemaker.amazonaws.com"}),
        Call(f"sagemaker:Describe{kind}Job", job),
    ]


def stop_calls(place: Place, kind: str, name: str) -> list[Call]:
    """Returns what stopping a job takes, when its execution is stopped."""
    return [Call(f"sagemaker:Stop{kind}Job", place.arn("sagemaker", f"{kind.lower()}-job/{name}"))]


def emr_step_calls(place: Place, cluster_id: str) -> list[Call]:
    """Returns what running a step on a cluster and hearing of its end takes."""
    cluster = place.arn("elasticmapreduce", f"cluster/{cluster_id}")
    rule = place.arn("events", f"rule/{_EMR_STEP_RULE}")
    own = ("AddJobFlowSteps", "DescribeCluster", "DescribeStep")
    return [
        *(Call(f"elasticmapreduce:{action}", cluster) for action in own),
        *(Call(f"events:{action}", rule) for action in ("DescribeRule", "PutRule", "PutTargets")),
    ]


def cancel_calls(place: Place, cluster_id: str) -> list[Call]:
    """Returns what cancelling a step takes, when its execution is stopped."""
    cluster = place.arn("elasticmapreduce", f"cluster/{cluster_id}")
    return [Call("elasticmapreduce:CancelSteps", cluster)]


def register_calls(place: Place, group: str) -> list[Call]:
    """Returns what registering a model in a group takes."""
    package_group = place.arn("sagemaker", f"model-package-group/{group}")
    # Its version is not known before it is there.
    package = place.arn("sagemaker", f"model-package/{group}/1")
    return [
        Call("sagemaker:DescribeModelPackageGroup", package_group),
        Call("sagemaker:CreateModelPackage", package_group),
        Call("sagemaker:CreateModelPackage", package),
        Call("sagemaker:AddTags", package),
        Call("sagemaker:DescribeModelPackage", package),
    ]
