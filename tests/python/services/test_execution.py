"""Executions of the whole pipeline, from cluster to registry."""

from __future__ import annotations

import io
import json
import tarfile
from typing import Any

import pytest

from tests.python.services.pipeline_calls import (
    TRAIN,
    build_step,
    create,
    document,
    evaluate_step,
    evaluation_zip,
    finish,
    gate_step,
    start,
    steps_of,
    train_step,
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
    for key in ("code/evaluation-1.zip", "code/evaluation-2.zip"):
        services.s3.put_object(Bucket="artifacts", Key=key, Body=evaluation_zip())
    create(services, document(gate_step(), evaluate_step(), train_step(), build_step(cluster)))
    return services


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
        "approved": {"state": "measured"},
        "model": "3 rows, 2 epochs",
        "manifest": {"rows": 3},
        "code": ["evaluation-1.zip"],
    }


def test_bad_model_fails_the_execution_with_both_figures(pipeline: Any) -> None:
    arn = start(pipeline, Score="0.49")
    described = finish(pipeline, arn)
    assert described["PipelineExecutionStatus"] == "Failed"
    reason = "score 0.49 of at least 0.5, approved model measured"
    assert described["FailureReason"] == reason
    steps = steps_of(pipeline, arn)
    assert steps["Gate"]["Metadata"] == {"Condition": {"Outcome": "False"}}
    assert "Register" not in steps
    assert steps["Refuse"]["StepStatus"] == "Failed"
    assert steps["Refuse"]["Metadata"] == {"Fail": {"ErrorMessage": reason}}
    packages = pipeline.sagemaker.list_model_packages(ModelPackageGroupName="sentiment")
    assert packages["ModelPackageSummaryList"] == []


def test_model_that_nothing_was_compared_with_fails_unless_that_is_asked_for(
    pipeline: Any,
) -> None:
    described = finish(pipeline, start(pipeline, CompareWith="approved"))
    assert described["PipelineExecutionStatus"] == "Failed"
    reason = "score 0.5 of at least 0.5, approved model not_measurable"
    assert described["FailureReason"] == reason
    described = finish(pipeline, start(pipeline, CompareWith="none"))
    assert described["PipelineExecutionStatus"] == "Succeeded"


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
