"""Pipelines that run small real scripts."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from typing import Any

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/jobs"
EXECUTION_ID = {"Get": "Execution.PipelineExecutionId"}

TRAIN = """
import argparse, os, pathlib
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int)
arguments, _ = parser.parse_known_args()
channel = pathlib.Path(os.environ["SM_CHANNEL_TRAIN"])
rows = sum(len(path.read_text().split()) for path in channel.iterdir())
if arguments.epochs == 13:
    raise ValueError("thirteen epochs")
print("val_rows=1")
print(f"val_rows={rows}")
model = pathlib.Path(os.environ["SM_MODEL_DIR"], "1")
model.mkdir()
model.joinpath("saved_model.pb").write_text(f"{rows} rows, {arguments.epochs} epochs")
"""

EVALUATE = """
import json, os, pathlib, sys, tarfile
output = pathlib.Path(sys.argv[2])
with tarfile.open(pathlib.Path(os.environ["PROCESSING_BASE_DIR"], "model", "model.tar.gz")) as tar:
    text = tar.extractfile("1/saved_model.pb").read().decode()
report = {"metrics": {"score": {"value": float(os.environ["SCORE"])}}, "model": text}
output.joinpath("evaluation.json").write_text(json.dumps(report))
"""


def join(*values: Any) -> dict[str, Any]:
    return {"Std:Join": {"On": "/", "Values": list(values)}}


def score() -> dict[str, Any]:
    report = {"Get": "Steps.Evaluate.PropertyFiles.Report"}
    return {"Std:JsonGet": {"PropertyFile": report, "Path": "metrics.score.value"}}


def train_step() -> dict[str, Any]:
    source = {
        "S3DataType": "S3Prefix",
        "S3Uri": join("s3://artifacts/sets", EXECUTION_ID, "train/"),
    }
    return {
        "Name": "Train",
        "Type": "Training",
        "DependsOn": ["Build"],
        "Arguments": {
            "AlgorithmSpecification": {
                "TrainingImage": "image",
                "TrainingInputMode": "File",
                "MetricDefinitions": [{"Name": "rows", "Regex": "val_rows=([0-9.]+)"}],
            },
            "RoleArn": ROLE,
            "HyperParameters": {
                "sagemaker_program": '"train.py"',
                "sagemaker_submit_directory": '"s3://artifacts/code/sourcedir.tar.gz"',
                "sagemaker_region": '"us-east-1"',
                "epochs": {"Get": "Parameters.Epochs"},
            },
            "InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": source}}],
            "OutputDataConfig": {"S3OutputPath": join("s3://artifacts/models", EXECUTION_ID)},
            "ResourceConfig": {
                "InstanceCount": 1,
                "InstanceType": "ml.m5.xlarge",
                "VolumeSizeInGB": 10,
            },
            "StoppingCondition": {"MaxRuntimeInSeconds": 300},
        },
    }


def s3_input(name: str, uri: Any) -> dict[str, Any]:
    path = f"/opt/ml/processing/{name}"
    s3 = {"S3Uri": uri, "LocalPath": path, "S3DataType": "S3Prefix", "S3InputMode": "File"}
    return {"InputName": name, "S3Input": s3}


def evaluate_step() -> dict[str, Any]:
    target = {
        "S3Uri": join("s3://artifacts/evaluations", EXECUTION_ID),
        "LocalPath": "/opt/ml/processing/evaluation",
        "S3UploadMode": "EndOfJob",
    }
    return {
        "Name": "Evaluate",
        "Type": "Processing",
        "PropertyFiles": [
            {
                "PropertyFileName": "Report",
                "OutputName": "evaluation",
                "FilePath": "evaluation.json",
            }
        ],
        "Arguments": {
            "AppSpecification": {
                "ImageUri": "image",
                "ContainerEntrypoint": ["python3", "/opt/ml/processing/code/evaluate.py"],
                "ContainerArguments": ["--output", "/opt/ml/processing/evaluation"],
            },
            "Environment": {"SCORE": {"Get": "Parameters.Score"}},
            "RoleArn": ROLE,
            "ProcessingResources": {
                "ClusterConfig": {
                    "InstanceCount": 1,
                    "InstanceType": "ml.m5.xlarge",
                    "VolumeSizeInGB": 10,
                }
            },
            "ProcessingInputs": [
                s3_input("model", {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}),
                s3_input("code", "s3://artifacts/code/evaluate"),
            ],
            "ProcessingOutputConfig": {
                "Outputs": [{"OutputName": "evaluation", "S3Output": target}]
            },
        },
    }


def gate_step() -> dict[str, Any]:
    register = {
        "ModelPackageGroupName": "sentiment",
        "ModelApprovalStatus": "Approved",
        "CustomerMetadataProperties": {"score": {"Std:Join": {"On": "", "Values": [score()]}}},
        "InferenceSpecification": {
            "Containers": [
                {
                    "Image": "image",
                    "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"},
                }
            ]
        },
    }
    message = {"Std:Join": {"On": " ", "Values": ["score", score(), "is below", 0.5]}}
    return {
        "Name": "Gate",
        "Type": "Condition",
        "Arguments": {
            "Conditions": [
                {"Type": "GreaterThanOrEqualTo", "LeftValue": score(), "RightValue": 0.5}
            ],
            "IfSteps": [{"Name": "Register", "Type": "RegisterModel", "Arguments": register}],
            "ElseSteps": [
                {"Name": "Refuse", "Type": "Fail", "Arguments": {"ErrorMessage": message}}
            ],
        },
    }


def build_step(cluster: str) -> dict[str, Any]:
    code = (
        "import boto3, sys; boto3.client('s3').put_object(Bucket='artifacts',"
        " Key=f'sets/{sys.argv[1]}/train/rows.txt', Body=b'one two three')"
    )
    jar = {"Jar": "command-runner.jar", "Args": [sys.executable, "-c", code, EXECUTION_ID]}
    return {
        "Name": "Build",
        "Type": "EMR",
        "Arguments": {"ClusterId": cluster, "StepConfig": {"HadoopJarStep": jar}},
    }


PARAMETERS = [
    {"Name": "Epochs", "Type": "String", "DefaultValue": "2"},
    {"Name": "Score", "Type": "String", "DefaultValue": "0.5"},
]


def document(*steps: Any) -> str:
    return json.dumps({"Version": "2020-12-01", "Parameters": PARAMETERS, "Steps": list(steps)})


def create(services: Any, source: str) -> None:
    services.sagemaker.create_pipeline(
        PipelineName="train", PipelineDefinition=source, RoleArn=ROLE, ClientRequestToken="t" * 32
    )


@pytest.fixture
def pipeline(services: Any) -> Any:
    """Four steps as the deployed pipeline has them, with scripts that take no time."""
    cluster = services.emr.run_job_flow(
        Name="c", Instances={"KeepJobFlowAliveWhenNoSteps": True}, StepConcurrencyLevel=2
    )["JobFlowId"]
    services.sagemaker.create_model_package_group(ModelPackageGroupName="sentiment")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("train.py")
        entry.size = len(TRAIN)
        tar.addfile(entry, io.BytesIO(TRAIN.encode()))
    services.s3.put_object(Bucket="artifacts", Key="code/sourcedir.tar.gz", Body=packed.getvalue())
    services.s3.put_object(Bucket="artifacts", Key="code/evaluate/evaluate.py", Body=EVALUATE)
    create(services, document(gate_step(), evaluate_step(), train_step(), build_step(cluster)))
    return services


def start(services: Any, **parameters: str) -> str:
    given = [{"Name": name, "Value": value} for name, value in parameters.items()]
    return str(
        services.sagemaker.start_pipeline_execution(PipelineName="train", PipelineParameters=given)[
            "PipelineExecutionArn"
        ]
    )


def finish(services: Any, arn: str, seconds: float = 120) -> Any:
    def ended() -> Any:
        described = services.sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn)
        status = described["PipelineExecutionStatus"]
        return None if status in ("Executing", "Stopping") else described

    return services.until(ended, seconds)


def steps_of(services: Any, arn: str) -> dict[str, Any]:
    answer = services.sagemaker.list_pipeline_execution_steps(
        PipelineExecutionArn=arn, SortOrder="Ascending"
    )
    return {step["StepName"]: step for step in answer["PipelineExecutionSteps"]}


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_good_model_is_registered(pipeline: Any) -> None:
    arn = start(pipeline)
    described = finish(pipeline, arn)
    steps = steps_of(pipeline, arn)
    assert described["PipelineExecutionStatus"] == "Succeeded", steps
    assert list(steps) == ["Build", "Train", "Evaluate", "Gate", "Register"]
    assert {step["StepStatus"] for step in steps.values()} == {"Succeeded"}
    assert steps["Gate"]["Metadata"] == {"Condition": {"Outcome": "True"}}

    package = pipeline.sagemaker.describe_model_package(
        ModelPackageName=steps["Register"]["Metadata"]["RegisterModel"]["Arn"]
    )
    assert package["ModelApprovalStatus"] == "Approved"
    assert package["CustomerMetadataProperties"] == {"score": "0.5"}

    job_arn = steps["Train"]["Metadata"]["TrainingJob"]["Arn"]
    job = pipeline.sagemaker.describe_training_job(TrainingJobName=job_arn.rpartition("/")[2])
    assert job["TrainingJobStatus"] == "Completed"
    assert [(item["MetricName"], item["Value"]) for item in job["FinalMetricDataList"]] == [
        ("rows", 3.0)
    ]
    model = job["ModelArtifacts"]["S3ModelArtifacts"]
    execution_id = arn.rpartition("/")[2]
    assert model == (
        f"s3://artifacts/models/{execution_id}/{job['TrainingJobName']}/output/model.tar.gz"
    )
    assert package["InferenceSpecification"]["Containers"][0]["ModelDataUrl"] == model
    stored = pipeline.s3.get_object(
        Bucket="artifacts", Key=f"evaluations/{execution_id}/evaluation.json"
    )
    assert json.loads(stored["Body"].read()) == {
        "metrics": {"score": {"value": 0.5}},
        "model": "3 rows, 2 epochs",
    }


def test_bad_model_fails_the_execution_with_both_figures(pipeline: Any) -> None:
    arn = start(pipeline, Score="0.49")
    described = finish(pipeline, arn)
    assert described["PipelineExecutionStatus"] == "Failed"
    assert described["FailureReason"] == "score 0.49 is below 0.5"
    steps = steps_of(pipeline, arn)
    assert steps["Gate"]["Metadata"] == {"Condition": {"Outcome": "False"}}
    assert "Register" not in steps
    assert steps["Refuse"]["StepStatus"] == "Failed"
    assert steps["Refuse"]["Metadata"] == {"Fail": {"ErrorMessage": "score 0.49 is below 0.5"}}
    packages = pipeline.sagemaker.list_model_packages(ModelPackageGroupName="sentiment")
    assert packages["ModelPackageSummaryList"] == []


def test_training_that_fails_says_why(pipeline: Any) -> None:
    arn = start(pipeline, Epochs="13")
    described = finish(pipeline, arn)
    assert described["PipelineExecutionStatus"] == "Failed"
    assert described["FailureReason"] == "Step failure: One or multiple steps failed."
    steps = steps_of(pipeline, arn)
    assert list(steps) == ["Build", "Train"]
    assert "ValueError: thirteen epochs" in steps["Train"]["FailureReason"]
    job_arn = steps["Train"]["Metadata"]["TrainingJob"]["Arn"]
    job = pipeline.sagemaker.describe_training_job(TrainingJobName=job_arn.rpartition("/")[2])
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"] == steps["Train"]["FailureReason"]


def test_cluster_step_that_fails_stops_what_follows(services: Any) -> None:
    step = build_step("j-GONE")
    create(services, document(step))
    arn = start(services)
    finish(services, arn)
    reason = steps_of(services, arn)["Build"]["FailureReason"]
    assert reason == "ClientError: Failed to invoke EMR. Cluster id 'j-GONE' is not valid."


def test_stopping_ends_the_running_step(services: Any) -> None:
    cluster = services.emr.run_job_flow(Name="c", Instances={"KeepJobFlowAliveWhenNoSteps": True})[
        "JobFlowId"
    ]
    step = build_step(cluster)
    step["Arguments"]["StepConfig"]["HadoopJarStep"]["Args"] = ["sleep", "60"]
    create(services, document(step))
    arn = start(services)
    services.until(lambda: "EMR" in steps_of(services, arn).get("Build", {}).get("Metadata", {}))
    services.sagemaker.stop_pipeline_execution(PipelineExecutionArn=arn)
    assert finish(services, arn)["PipelineExecutionStatus"] == "Stopped"
    emr_step = steps_of(services, arn)["Build"]
    assert emr_step["StepStatus"] == "Stopped"
    state = services.emr.describe_step(
        ClusterId=cluster, StepId=emr_step["Metadata"]["EMR"]["StepId"]
    )["Step"]["Status"]["State"]
    assert state == "CANCELLED"


def test_request_that_aws_would_refuse_fails_its_step(services: Any) -> None:
    step = train_step()
    del step["DependsOn"]
    del step["Arguments"]["OutputDataConfig"]
    step["Arguments"]["RoleArn"] = "not the ARN of a role"
    create(services, document(step))
    arn = start(services)
    finish(services, arn)
    reason = steps_of(services, arn)["Train"]["FailureReason"]
    assert reason.startswith("ClientError: Failed to invoke Training. 2 validation errors")
    assert "OutputDataConfig" in reason and "'not the ARN of a role' at 'roleArn'" in reason


def test_definition_with_an_unresolved_reference_is_refused(services: Any) -> None:
    fail = {"Name": "F", "Type": "Fail", "Arguments": {"ErrorMessage": {"Get": "Parameters.X"}}}
    code, message = refusal(create, services=services, source=document(fail))
    assert code == "ValidationException"
    assert message == (
        "Unable to parse pipeline definition. "
        'Step "F" has the unresolved reference "Parameters.X": no such parameter.'
    )


def test_pipeline_can_be_updated_and_deleted(services: Any) -> None:
    fail = {"Name": "F", "Type": "Fail", "Arguments": {"ErrorMessage": "first"}}
    create(services, document(fail))
    assert refusal(create, services=services, source=document(fail))[1].endswith(
        "Pipeline with name (train) already exists."
    )
    fail["Arguments"] = {"ErrorMessage": "second"}
    services.sagemaker.update_pipeline(PipelineName="train", PipelineDefinition=document(fail))
    described = services.sagemaker.describe_pipeline(PipelineName="train")
    assert described["PipelineDefinition"] == document(fail)
    assert described["RoleArn"] == ROLE
    arn = start(services)
    assert finish(services, arn)["FailureReason"] == "second"
    listed = services.sagemaker.list_pipeline_executions(PipelineName="train")
    assert [item["PipelineExecutionArn"] for item in listed["PipelineExecutionSummaries"]] == [arn]
    services.sagemaker.delete_pipeline(PipelineName="train", ClientRequestToken="d" * 32)
    assert refusal(services.sagemaker.describe_pipeline, PipelineName="train") == (
        "ResourceNotFound",
        "Pipeline 'arn:aws:sagemaker:us-east-1:123456789012:pipeline/train' does not exist.",
    )


def test_parameters_are_checked_before_anything_runs(services: Any) -> None:
    fail = {"Name": "F", "Type": "Fail", "Arguments": {"ErrorMessage": "first"}}
    create(services, document(fail))
    code, message = refusal(start, services=services, Epoch="3")
    assert code == "ValidationException"
    assert message == 'Parameter "Epoch" is not declared by the pipeline; it has Epochs, Score.'
    listed = services.sagemaker.list_pipeline_executions(PipelineName="train")
    assert listed["PipelineExecutionSummaries"] == []


def test_same_token_starts_one_execution(services: Any) -> None:
    fail = {"Name": "F", "Type": "Fail", "Arguments": {"ErrorMessage": "first"}}
    create(services, document(fail))
    request = {"PipelineName": "train", "ClientRequestToken": "s" * 32}
    first = services.sagemaker.start_pipeline_execution(**request)["PipelineExecutionArn"]
    second = services.sagemaker.start_pipeline_execution(**request)["PipelineExecutionArn"]
    assert first == second
