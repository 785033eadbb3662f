"""A pipeline whose scripts take no time, and short forms of the operations."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/jobs"


EXECUTION_ID = {"Get": "Execution.PipelineExecutionId"}


TRAIN = """
import argparse, json, os, pathlib
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int)
arguments, _ = parser.parse_known_args()
channel = pathlib.Path(os.environ["SM_CHANNEL_TRAIN"])
rows = sum(len(path.read_text().split()) for path in channel.iterdir())
manifest = pathlib.Path(os.environ["SM_CHANNEL_MANIFEST"])
assert [path.name for path in manifest.iterdir()] == ["manifest.json"]
assert json.loads((manifest / "manifest.json").read_text()) == {"rows": rows}
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
from judging.state import state
output = pathlib.Path(sys.argv[2])
base = pathlib.Path(os.environ["PROCESSING_BASE_DIR"])
with tarfile.open(base / "model" / "model.tar.gz") as tar:
    text = tar.extractfile("1/saved_model.pb").read().decode()
report = {
    "metrics": {"score": {"value": float(os.environ["SCORE"])}},
    "approved": {"state": state(sys.argv[4])},
    "model": text,
    "manifest": json.loads((base / "manifest" / "manifest.json").read_text()),
    "code": [path.name for path in (base / "code").iterdir()],
}
output.joinpath("evaluation.json").write_text(json.dumps(report))
"""

STATE = """
def state(compare_with):
    return "not_measurable" if compare_with == "approved" else compare_with
"""


def evaluation_zip() -> bytes:
    """The evaluation as one archive that Python runs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__main__.py", EVALUATE)
        archive.writestr("judging/__init__.py", "")
        archive.writestr("judging/state.py", STATE)
    return packed.getvalue()


def join(*values: Any) -> dict[str, Any]:
    return {"Std:Join": {"On": "/", "Values": list(values)}}


def evaluated(path: str) -> dict[str, Any]:
    report = {"Get": "Steps.Evaluate.PropertyFiles.Report"}
    return {"Std:JsonGet": {"PropertyFile": report, "Path": path}}


def score() -> dict[str, Any]:
    return evaluated("metrics.score.value")


def channel(name: str, key: str) -> dict[str, Any]:
    uri = join("s3://artifacts/sets", EXECUTION_ID, key)
    source = {"S3DataType": "S3Prefix", "S3Uri": uri}
    return {"ChannelName": name, "DataSource": {"S3DataSource": source}}


def train_step() -> dict[str, Any]:
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
            "InputDataConfig": [channel("train", "train/"), channel("manifest", "manifest.json")],
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
                "ContainerEntrypoint": ["python3", "/opt/ml/processing/code/evaluation-1.zip"],
                "ContainerArguments": [
                    *("--output", "/opt/ml/processing/evaluation"),
                    *("--compare-with", {"Get": "Parameters.CompareWith"}),
                ],
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
                s3_input("manifest", join("s3://artifacts/sets", EXECUTION_ID, "manifest.json")),
                s3_input("code", "s3://artifacts/code/evaluation-1.zip"),
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
    message = {
        "Std:Join": {
            "On": " ",
            "Values": [
                "score",
                score(),
                "of at least 0.5, approved model",
                evaluated("approved.state"),
            ],
        }
    }
    return {
        "Name": "Gate",
        "Type": "Condition",
        "Arguments": {
            "Conditions": [
                {"Type": "GreaterThanOrEqualTo", "LeftValue": score(), "RightValue": 0.5},
                {
                    "Type": "In",
                    "QueryValue": evaluated("approved.state"),
                    "Values": ["none", "measured"],
                },
            ],
            "IfSteps": [{"Name": "Register", "Type": "RegisterModel", "Arguments": register}],
            "ElseSteps": [
                {"Name": "Refuse", "Type": "Fail", "Arguments": {"ErrorMessage": message}}
            ],
        },
    }


def build_step(cluster: str) -> dict[str, Any]:
    code = (
        "import boto3, sys; s3 = boto3.client('s3')\n"
        "for name, body in (('train/rows.txt', b'one two three'),"
        " ('manifest.json', b'{\"rows\": 3}')):\n"
        " s3.put_object(Bucket='artifacts', Key=f'sets/{sys.argv[1]}/{name}', Body=body)"
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
    {
        "Name": "CompareWith",
        "Type": "String",
        "DefaultValue": "measured",
        "EnumValues": ["approved", "measured", "none"],
    },
]


def document(*steps: Any) -> str:
    return json.dumps({"Version": "2020-12-01", "Parameters": PARAMETERS, "Steps": list(steps)})


def create(services: Any, source: str) -> None:
    services.sagemaker.create_pipeline(
        PipelineName="train", PipelineDefinition=source, RoleArn=ROLE, ClientRequestToken="t" * 32
    )


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
