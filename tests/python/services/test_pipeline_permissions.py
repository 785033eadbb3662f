"""Pipelines and jobs that act as the roles of a deployment."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from local.permissions.authorizer import Authorizer
from local.permissions.call_log import evaluated_calls
from local.services.permissions.roles import AccessDenied, Roles
from local.services.sagemaker.definition import Definition
from local.services.sagemaker.execution import Execution
from local.services.sagemaker.pipeline_permissions import PipelinePermissions
from tests.python.permissions.deployment import ACCOUNT, role, write
from tests.python.services.conftest import Running
from tests.python.services.pipeline_calls import document, refusal

SAGEMAKER = {"Principal": {"Service": "sagemaker.amazonaws.com"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the deployment is written."""
    folder = tmp_path / "permissions"
    write(folder)
    return folder


@pytest.fixture
def roles(folder: Path) -> Roles:
    """The roles of the deployment."""
    return Roles(Authorizer(write(folder), "services"))


PIPELINE = f"arn:aws:iam::{ACCOUNT}:role/pipeline"
JOB = f"arn:aws:iam::{ACCOUNT}:role/job"
REGISTERED = {
    "ModelPackageGroupName": "models",
    "InferenceSpecification": {"Containers": [{"ModelDataUrl": "s3://artifacts/models/1"}]},
}
STEPS: list[tuple[str, Any, list[str]]] = [
    (
        "run_emr_step",
        ("j-1",),
        [
            *(
                f"elasticmapreduce:{one}"
                for one in ("AddJobFlowSteps", "DescribeCluster", "DescribeStep")
            ),
            *(f"events:{one}" for one in ("DescribeRule", "PutRule", "PutTargets")),
        ],
    ),
    (
        "start_job",
        ("Training", "pipelines-1", JOB),
        [
            *(
                f"sagemaker:{one}"
                for one in ("CreateTrainingJob", "AddTags", "DescribeTrainingJob")
            ),
            "iam:PassRole",
        ],
    ),
    ("read_property_file", ("s3://artifacts/evaluations/1.json",), ["s3:GetObject"]),
    (
        "register_model",
        (REGISTERED,),
        [
            *(
                f"sagemaker:{one}"
                for one in (
                    "CreateModelPackage",
                    "DescribeModelPackage",
                    "DescribeModelPackageGroup",
                    "AddTags",
                )
            ),
            "s3:GetObject",
        ],
    ),
]


def _execution() -> Execution:
    definition = Definition({}, {})
    return Execution("1", "arn", "train", "arn", definition, {}, role=PIPELINE)


@pytest.mark.parametrize(("method", "arguments", "actions"), STEPS)
def test_a_pipelines_step_needs_each_of_its_actions(
    roles: Roles, folder: Path, method: str, arguments: Any, actions: list[str]
) -> None:
    step = getattr(PipelinePermissions(roles), method)
    write(folder, *role("pipeline", {"Action": actions, "Resource": "*"}))
    step(_execution(), *arguments)
    for action in actions:
        others = [one for one in actions if one != action]
        write(folder, *role("pipeline", {"Action": [*others, "a:b"], "Resource": "*"}))
        with pytest.raises(AccessDenied, match=action):
            step(_execution(), *arguments)


def test_step_that_may_not_be_stopped_is_only_logged(roles: Roles, folder: Path) -> None:
    write(folder, *role("pipeline"))
    permissions = PipelinePermissions(roles)
    permissions.stop_job(_execution(), "Training", "pipelines-1")
    permissions.cancel_emr_step(_execution(), "j-1")
    kept = [(one.call.action, one.decision.allowed) for one in evaluated_calls(folder)]
    assert kept == [("sagemaker:StopTrainingJob", False), ("elasticmapreduce:CancelSteps", False)]


def test_an_execution_needs_a_role_that_sagemaker_can_assume(
    services: Running, folder: Path
) -> None:
    write(folder, *role("pipeline"))
    step = {"Name": "End", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}
    services.sagemaker.create_pipeline(
        PipelineName="train",
        PipelineDefinition=document(step),
        RoleArn=PIPELINE,
        ClientRequestToken="t" * 32,
    )
    code, message = refusal(services.sagemaker.start_pipeline_execution, PipelineName="train")
    assert code == "AccessDeniedException"
    assert "sagemaker.amazonaws.com is not authorized to assume the role" in message


def _trained(services: Running) -> str:
    """The reason why the one step of a pipeline, a training job, fails."""
    step = {
        "Name": "Train",
        "Type": "Training",
        "Arguments": {
            "AlgorithmSpecification": {
                "TrainingImage": "1.dkr.ecr.us-east-1.amazonaws.com/train:2",
                "TrainingInputMode": "File",
            },
            "RoleArn": JOB,
            "OutputDataConfig": {"S3OutputPath": "s3://artifacts/models"},
            "ResourceConfig": {
                "InstanceCount": 1,
                "InstanceType": "ml.m5.xlarge",
                "VolumeSizeInGB": 1,
            },
            "StoppingCondition": {"MaxRuntimeInSeconds": 60},
            "HyperParameters": {},
        },
    }
    sagemaker = services.sagemaker
    name = f"train-{time.monotonic_ns()}"
    sagemaker.create_pipeline(
        PipelineName=name,
        PipelineDefinition=document(step),
        RoleArn=PIPELINE,
        ClientRequestToken="t" * 32,
    )
    arn = sagemaker.start_pipeline_execution(PipelineName=name)["PipelineExecutionArn"]

    def failed() -> Any:
        steps = sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn)
        return [
            one["FailureReason"]
            for one in steps["PipelineExecutionSteps"]
            if one["StepStatus"] == "Failed"
        ]

    return str(services.until(failed)[0])


def test_a_job_without_a_permission_of_its_container_fails_with_the_action(
    services: Running, folder: Path
) -> None:
    start = {"Action": [*STEPS[1][2]], "Resource": "*"}
    pipeline = role("pipeline", start, **SAGEMAKER)
    write(folder, *pipeline)
    assert _trained(services) == f"ClientError: The role {JOB} does not exist."
    write(folder, *pipeline, *role("job", **SAGEMAKER))
    reason = _trained(services)
    assert reason.startswith("ClientError: User: arn:aws:sts::123456789012:assumed-role/job/local")
    assert "ecr:GetAuthorizationToken" in reason
