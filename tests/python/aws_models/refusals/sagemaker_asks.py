"""What SageMaker asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.refusals.asks import (
    Ask,
    arn,
    bucket_of,
    encryption_headers,
    key_of_bucket,
    object_arn,
)
from tests.python.aws_models.refusals.stack_plan import StackPlan

_LOG_GROUPS = {"Training": "TrainingJobs", "Processing": "ProcessingJobs"}


def _rendered(value: Any) -> str:
    """An expression of a definition as it may be when the pipeline runs."""
    if isinstance(value, dict):
        if "Std:Join" in value:
            join = value["Std:Join"]
            return str(join["On"]).join(_rendered(one) for one in join["Values"])
        return "run-time-value"
    return str(value)


def _uris(value: Any) -> Iterator[str]:
    """Addresses in S3 anywhere in the arguments of a step."""
    text = _rendered(value) if not isinstance(value, dict) or "Std:Join" in value else ""
    if text.startswith("s3://"):
        yield text
    elif isinstance(value, dict):
        for one in value.values():
            yield from _uris(one)
    elif isinstance(value, list):
        for one in value:
            yield from _uris(one)


def _jobs(plan: StackPlan) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in _LOG_GROUPS:
        if kind in plan.pipeline:
            yield kind, plan.pipeline[kind]


def _vpc(job: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = job.get("VpcConfig") or job.get("NetworkConfig", {}).get(
        "VpcConfig", {}
    )
    return found


def places_interfaces(plan: StackPlan) -> Iterator[Ask]:
    """An interface is made in every subnet, with every group."""
    for _, job in _jobs(plan):
        if vpc := _vpc(job):
            placed = [f"subnet/{one}" for one in vpc["Subnets"]]
            placed += [f"security-group/{one}" for one in vpc["SecurityGroupIds"]]
            for resource in [*placed, "network-interface/eni-new"]:
                yield Ask(job["RoleArn"], arn("ec2", resource))


def lends_interfaces(plan: StackPlan) -> Iterator[Ask]:
    """Interfaces are lent to SageMaker's account and go with the job."""
    for _, job in _jobs(plan):
        if _vpc(job):
            yield Ask(job["RoleArn"], arn("ec2", "network-interface/eni-new"))


def looks_at_network(plan: StackPlan) -> Iterator[Ask]:
    """The network is looked at first."""
    for _, job in _jobs(plan):
        if _vpc(job):
            yield Ask(job["RoleArn"], "*")


def writes_logs(plan: StackPlan) -> Iterator[Ask]:
    """Jobs and models write logs to groups of SageMaker's own names."""
    for kind, job in _jobs(plan):
        group = f"log-group:/aws/sagemaker/{_LOG_GROUPS[kind]}"
        yield Ask(job["RoleArn"], arn("logs", f"{group}:log-stream:a-job/algo-1"))
    for model in plan.of("Model"):
        stream = "log-group:/aws/sagemaker/Endpoints/an-endpoint:log-stream:all/i-1"
        yield Ask(model.inputs["executionRoleArn"], arn("logs", stream))


def publishes_metrics(plan: StackPlan) -> Iterator[Ask]:
    """Jobs publish the use of their instances."""
    for kind, job in _jobs(plan):
        namespace = f"/aws/sagemaker/{_LOG_GROUPS[kind]}"
        yield Ask(job["RoleArn"], "*", {"cloudwatch:namespace": namespace})


def _images(plan: StackPlan) -> Iterator[tuple[str, str]]:
    """Roles and repositories."""
    registered = [
        container["Image"]
        for step in plan.pipeline.values()
        for container in step.get("InferenceSpecification", {}).get("Containers", [])
    ]
    for _, job in _jobs(plan):
        specification = job.get("AlgorithmSpecification") or job["AppSpecification"]
        image = specification.get("TrainingImage") or specification["ImageUri"]
        yield job["RoleArn"], _repository(image)
    for model in plan.of("Model"):
        for image in registered:
            yield model.inputs["executionRoleArn"], _repository(image)


def _repository(image: str) -> str:
    registry, repository = image.split("/", 1)
    account, _, _, region = registry.split(".")[:4]
    return f"arn:aws:ecr:{region}:{account}:repository/{repository.split(':')[0]}"


def pulls_images(plan: StackPlan) -> Iterator[Ask]:
    """Images are pulled with the role of the job or model."""
    for role, repository in _images(plan):
        yield Ask(role, repository)


def logs_in_to_registry(plan: StackPlan) -> Iterator[Ask]:
    """The registry's token is the account's own."""
    for role, _ in _images(plan):
        yield Ask(role, "*")


def downloads(plan: StackPlan) -> Iterator[Ask]:
    """Channels and inputs, code among them, are downloaded with the job's role."""
    for _, job in _jobs(plan):
        inputs = [job.get("InputDataConfig"), job.get("ProcessingInputs")]
        for uri in _uris(inputs):
            yield Ask(job["RoleArn"], object_arn(uri))
    for model in plan.of("Model"):
        for uri in _uris(plan.pipeline["Training"]["OutputDataConfig"]):
            yield Ask(model.inputs["executionRoleArn"], object_arn(uri))


def lists_inputs(plan: StackPlan) -> Iterator[Ask]:
    """A channel is a prefix, which is listed."""
    for _, job in _jobs(plan):
        for uri in _uris([job.get("InputDataConfig"), job.get("ProcessingInputs")]):
            prefix = uri.split("://", 1)[1].split("/", 1)[1]
            yield Ask(job["RoleArn"], f"arn:aws:s3:::{bucket_of(uri)}", {"s3:prefix": prefix})


def uploads(plan: StackPlan) -> Iterator[Ask]:
    """Models, evaluations and checkpoints are uploaded under the key the step names."""
    for _, job in _jobs(plan):
        for config in ("OutputDataConfig", "ProcessingOutputConfig"):
            headers = encryption_headers(job.get(config, {}).get("KmsKeyId"))
            for uri in _uris(job.get(config)):
                yield Ask(job["RoleArn"], object_arn(uri), headers)


def _keys(plan: StackPlan) -> Iterator[tuple[str, str]]:
    for _, job in _jobs(plan):
        for uri in set(_uris(job)):
            if (key := key_of_bucket(plan, bucket_of(uri))) is not None:
                yield job["RoleArn"], key


def decrypts_inputs(plan: StackPlan) -> Iterator[Ask]:
    """S3 decrypts in the name of the job, and of the model."""
    for role, key in _keys(plan):
        yield Ask(role, key)
        for model in plan.of("Model"):
            yield Ask(model.inputs["executionRoleArn"], key)


def encrypts_outputs(plan: StackPlan) -> Iterator[Ask]:
    """S3 encrypts in the name of the job."""
    for role, key in _keys(plan):
        yield Ask(role, key)


def encrypts_model(plan: StackPlan) -> Iterator[Ask]:
    """The key of a training job's output."""
    training = plan.pipeline.get("Training", {})
    if (key := training.get("OutputDataConfig", {}).get("KmsKeyId")) is not None:
        yield Ask(training["RoleArn"], key)


def passes_job_role(plan: StackPlan) -> Iterator[Ask]:
    """A pipeline hands the job's role to the jobs it starts."""
    for pipeline in plan.of("Pipeline"):
        for _, job in _jobs(plan):
            context = {"iam:PassedToService": "sagemaker.amazonaws.com"}
            yield Ask(pipeline.inputs["roleArn"], job["RoleArn"], context)


def runs_cluster_step(plan: StackPlan) -> Iterator[Ask]:
    """A pipeline adds a step to the cluster and follows it."""
    for pipeline in plan.of("Pipeline"):
        cluster = plan.pipeline["EMR"]["ClusterId"]
        yield Ask(pipeline.inputs["roleArn"], arn("elasticmapreduce", f"cluster/{cluster}"))


def hears_of_cluster_step(plan: StackPlan) -> Iterator[Ask]:
    """SageMaker makes a rule of its own to hear of the step's end."""
    rule = "rule/SageMakerPipelineExecutionEMRStepStatusUpdateRule"
    for pipeline in plan.of("Pipeline"):
        yield Ask(pipeline.inputs["roleArn"], arn("events", rule))


def watches_rollback_alarms(plan: StackPlan) -> Iterator[Ask]:
    """SageMaker asks for the state of the alarms that end an update."""
    for deployment in plan.of("EndpointDeployment"):
        settings = deployment.inputs.get("deploymentSettings", {})
        rollback = settings.get("AutoRollbackConfiguration", {})
        for model in plan.of("Model"):
            for alarm in rollback.get("Alarms", []):
                name = arn("cloudwatch", f"alarm:{alarm['AlarmName']}")
                yield Ask(model.inputs["executionRoleArn"], name)


def _capture(plan: StackPlan) -> Iterator[tuple[str, dict[str, Any]]]:
    for configuration in plan.of("EndpointConfiguration"):
        capture = configuration.inputs.get("dataCaptureConfig")
        for model in plan.of("Model"):
            if capture is not None:
                yield model.inputs["executionRoleArn"], capture


def captures(plan: StackPlan) -> Iterator[Ask]:
    """Captured requests are written with the model's role."""
    for role, capture in _capture(plan):
        headers = encryption_headers(capture.get("kmsKeyId"))
        yield Ask(role, object_arn(capture["destinationS3Uri"]), headers)


def encrypts_captured(plan: StackPlan) -> Iterator[Ask]:
    """S3 encrypts them in the model's name."""
    for role, capture in _capture(plan):
        if "kmsKeyId" in capture:
            yield Ask(role, capture["kmsKeyId"])
