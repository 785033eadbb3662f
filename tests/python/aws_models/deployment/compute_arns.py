"""ARNs of roles, cluster, training and endpoint. Service Authorization Reference: IAM, EMR, ..."""

from __future__ import annotations

from tests.python.aws_models.deployment.templates import ACCOUNT, Arns, regional


def _role(field: str) -> dict[str, tuple[str, ...]]:
    return {"iam:role": (f"arn:aws:iam::{ACCOUNT}:role/{field}",)}


def _cluster(field: str) -> dict[str, tuple[str, ...]]:
    return {"elasticmapreduce:cluster": (regional("elasticmapreduce", f"cluster/{field}"),)}


def _sagemaker(**fields: str) -> dict[str, tuple[str, ...]]:
    kinds = {kind.replace("_", "-"): field for kind, field in fields.items()}
    return {
        f"sagemaker:{kind}": (regional("sagemaker", f"{kind}/{field}"),)
        for kind, field in kinds.items()
    }


# Their ids are AWS's.
_SCALING = {
    "application-autoscaling:ScalableTarget": (
        regional("application-autoscaling", "scalable-target/1234abcd56ab78cd"),
    ),
    # Application Auto Scaling user guide, target tracking: it names its alarms so.
    "cloudwatch:alarm": (
        regional("cloudwatch", "alarm:TargetTracking-{resourceId}-AlarmHigh-01234567"),
    ),
    **_sagemaker(endpoint="{resourceId:1}", endpoint_config="endpoint-0123abc"),
}
_EXECUTION = {
    "sagemaker:pipeline-execution": (
        regional("sagemaker", "pipeline/{pipelineName}/execution/abcdefghijkl"),
    )
}

COMPUTE: Arns = {
    "aws:appautoscaling/policy:Policy": _SCALING,
    "aws:appautoscaling/target:Target": _SCALING,
    "aws:emr/cluster:Cluster": _cluster("{id}"),
    "aws:emr/instanceFleet:InstanceFleet": _cluster("{clusterId}"),
    "aws:emr/managedScalingPolicy:ManagedScalingPolicy": _cluster("{clusterId}"),
    "aws:emr/securityConfiguration:SecurityConfiguration": {},
    "aws:iam/instanceProfile:InstanceProfile": {
        "iam:instance-profile": (f"arn:aws:iam::{ACCOUNT}:instance-profile/{{name}}",)
    },
    "aws:iam/role:Role": _role("{name}"),
    "aws:iam/rolePolicy:RolePolicy": _role("{role}"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _role("{role}"),
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": _sagemaker(
        endpoint_config="{name}"
    ),
    "aws:sagemaker/model:Model": _sagemaker(model="{name}"),
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": _sagemaker(
        model_package_group="{modelPackageGroupName}"
    ),
    "aws:sagemaker/pipeline:Pipeline": {**_sagemaker(pipeline="{pipelineName}"), **_EXECUTION},
    "pulumi-nodejs:dynamic/cluster:StreamingJobStep": {
        **_cluster("{clusterId}"),
        "s3:object": ("arn:aws:s3:::{bucket}/{lockKey}", "arn:aws:s3:::{bucket}/{stopKey}"),
    },
    "pulumi-nodejs:dynamic/endpoint:EndpointDeployment": _sagemaker(
        endpoint="{endpointName}",
        endpoint_config="{endpointConfigName}",
        model="{modelName}",
    ),
    "pulumi-nodejs:dynamic/training:TrainingRemains": {
        **_sagemaker(pipeline="{pipelineName}", model_package="{modelPackageGroupName}/1"),
        **_EXECUTION,
    },
    "pulumi-nodejs:dynamic/workload:DeployedContract": {},
    # What the program looks up before it plans: program.py has the inputs.
    "pulumi:pulumi:Stack": {
        **_cluster("{clusterId}"),
        **_sagemaker(
            endpoint="{endpointName}",
            endpoint_config="{endpointConfigName}",
            model="{modelName}",
            model_package="{modelPackageGroupName}/1",
        ),
        "s3:object": ("arn:aws:s3:::{bucket}/schemas/0123456789abcdef.json",),
    },
}
