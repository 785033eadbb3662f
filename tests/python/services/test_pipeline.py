"""Pipelines, and executions that fail or are stopped early."""

from __future__ import annotations

from typing import Any

from tests.python.services.pipeline_calls import (
    ROLE,
    build_step,
    create,
    document,
    finish,
    refusal,
    start,
    steps_of,
    train_step,
)


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
    code, message = refusal(
        services.sagemaker.delete_pipeline, PipelineName="train", ClientRequestToken="d" * 32
    )
    assert (code, message.split("/")[-1]) == (
        "ConflictException",
        "train has executions under way; stop them first.",
    )
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
    assert message == (
        'Parameter "Epoch" is not declared by the pipeline; it has CompareWith, Epochs, Score.'
    )
    code, message = refusal(start, services=services, CompareWith="nothing")
    assert code == "ValidationException"
    assert message == (
        'Parameter "CompareWith" must be one of approved, measured, none, received "nothing".'
    )
    listed = services.sagemaker.list_pipeline_executions(PipelineName="train")
    assert listed["PipelineExecutionSummaries"] == []


def test_same_token_starts_one_execution(services: Any) -> None:
    fail = {"Name": "F", "Type": "Fail", "Arguments": {"ErrorMessage": "first"}}
    create(services, document(fail))
    request = {"PipelineName": "train", "ClientRequestToken": "s" * 32}
    first = services.sagemaker.start_pipeline_execution(**request)["PipelineExecutionArn"]
    second = services.sagemaker.start_pipeline_execution(**request)["PipelineExecutionArn"]
    assert first == second
