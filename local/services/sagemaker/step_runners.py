"""Runs pipeline steps, by type."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from local.services.emr.step import COMPLETED
from local.services.emr.step_service import StepService
from local.services.protocol.handler import JsonObject
from local.services.protocol.request_validation import load_service_model, validate_input
from local.services.sagemaker.conditions import all_hold
from local.services.sagemaker.execution import Execution, StepRecord
from local.services.sagemaker.executor import ExecutionFailed, StepFailed, StepRunner
from local.services.sagemaker.expressions import resolve
from local.services.sagemaker.job import JobFailed, Jobs
from local.services.sagemaker.names import job_name
from local.services.sagemaker.packages import Packages
from local.services.sagemaker.pipeline_permissions import PipelinePermissions
from local.services.sagemaker.processing_jobs import ProcessingJobs, inside
from local.services.sagemaker.training_jobs import TrainingJobs


def step_runners(
    permissions: PipelinePermissions,
    steps: StepService,
    training: TrainingJobs,
    processing: ProcessingJobs,
    packages: Packages,
) -> dict[str, StepRunner]:
    """Returns a runner for each type that `definition.STEP_TYPES` names."""
    return {
        "EMR": EmrStepRunner(permissions, steps),
        "Training": JobStepRunner(permissions, training),
        "Processing": ProcessingStepRunner(permissions, processing),
        "Condition": ConditionStepRunner(),
        "RegisterModel": RegisterModelStepRunner(permissions, packages),
        "Fail": FailStepRunner(),
    }


class EmrStepRunner:
    """Adds a step to a cluster and waits for it."""

    def __init__(self, permissions: PipelinePermissions, steps: StepService) -> None:
        """Runs on the clusters of this run."""
        self._permissions = permissions
        self._steps = steps

    async def run(self, execution: Execution, record: StepRecord) -> JsonObject:
        """Runs one step of type EMR."""
        arguments = _resolved(execution, record)
        config: JsonObject = {
            # SageMaker sets the name itself, and a step never ends the cluster.
            **arguments["StepConfig"],
            "Name": record.definition.name,
            "ActionOnFailure": "CONTINUE",
        }
        request = {"JobFlowId": arguments["ClusterId"], "Steps": [config]}
        validate_input(request, load_service_model("emr"), "AddJobFlowSteps")
        self._permissions.run_emr_step(execution, arguments["ClusterId"])
        cluster = self._steps.cluster(arguments["ClusterId"])
        step = self._steps.add_steps(cluster, [config])[0]
        record.metadata["EMR"] = {
            "ClusterId": cluster.cluster_id,
            "StepId": step.step_id,
            "StepName": step.name,
            "LogFilePath": str(step.directory / "stderr"),
        }
        try:
            await cluster.wait_for(step)
        except asyncio.CancelledError:
            self._permissions.cancel_emr_step(execution, cluster.cluster_id)
            await cluster.cancel(step, forcibly=False)
            await cluster.wait_for(step)
            raise
        if step.state != COMPLETED:
            failure = step.failure or {}
            raise StepFailed(
                f"EMR step {step.step_id} of cluster {cluster.cluster_id} is {step.state}: "
                f"{failure.get('Reason', 'no reason is known')} "
                f"Log: {failure.get('LogFile', step.directory)}"
            )
        return {"ClusterId": cluster.cluster_id, **step.describe()}


class JobStepRunner:
    """Starts a training or processing job and waits for it."""

    def __init__(self, permissions: PipelinePermissions, jobs: Jobs) -> None:
        """Runs jobs of this run."""
        self._permissions = permissions
        self._jobs = jobs

    async def run(self, execution: Execution, record: StepRecord) -> JsonObject:
        """Runs one step."""
        kind = self._jobs.kind
        arguments = _resolved(execution, record)
        name = job_name(execution.execution_id, record.definition.name)
        _validate(f"Create{kind}Job", {**arguments, f"{kind}JobName": name})
        self._permissions.start_job(execution, kind, name, arguments["RoleArn"])
        job = self._jobs.begin(name, arguments)
        record.metadata[f"{kind}Job"] = {"Arn": job[f"{kind}JobArn"]}
        try:
            await self._jobs.run(job)
            self._read_results(execution, record, job)
        except JobFailed as error:
            raise StepFailed(str(error)) from error
        except asyncio.CancelledError:
            self._permissions.stop_job(execution, kind, name)
            raise
        return job

    def _read_results(self, execution: Execution, record: StepRecord, job: JsonObject) -> None:
        """Reads what later steps may refer to beside the job's description."""


class ProcessingStepRunner(JobStepRunner):
    """Reads the property files of a step once its job has ended."""

    def _read_results(self, execution: Execution, record: StepRecord, job: JsonObject) -> None:
        for file in record.definition.body.get("PropertyFiles", []):
            path = self._property_file(job, file)
            self._permissions.read_property_file(execution, _uri_of(job, file))
            key = (record.definition.name, file["PropertyFileName"])
            execution.property_files[key] = _read_property_file(path, file)

    def _property_file(self, job: JsonObject, file: JsonObject) -> Path:
        for output in job.get("ProcessingOutputConfig", {}).get("Outputs", []):
            if output["OutputName"] == file["OutputName"]:
                folder = inside(self._jobs.directory(job), output["S3Output"]["LocalPath"])
                return folder / str(file["FilePath"])
        raise StepFailed(
            f'Property file "{file["PropertyFileName"]}" is of the output '
            f'"{file["OutputName"]}", which the step does not have.'
        )


class ConditionStepRunner:
    """Decides which branch of a Condition step runs."""

    async def run(self, execution: Execution, record: StepRecord) -> JsonObject:
        """Runs one step of type Condition."""
        conditions = record.definition.arguments["Conditions"]
        outcome = all_hold(conditions, execution.scope())
        execution.outcomes[record.definition.name] = outcome
        record.metadata["Condition"] = {"Outcome": "True" if outcome else "False"}
        return {"Outcome": outcome}


class RegisterModelStepRunner:
    """Registers a model package."""

    def __init__(self, permissions: PipelinePermissions, packages: Packages) -> None:
        """Registers into this run's registry."""
        self._permissions = permissions
        self._packages = packages

    async def run(self, execution: Execution, record: StepRecord) -> JsonObject:
        """Runs one step of type RegisterModel."""
        arguments = _resolved(execution, record)
        _validate("CreateModelPackage", arguments)
        self._permissions.register_model(execution, arguments)
        arn = (await self._packages.create(arguments))["ModelPackageArn"]
        record.metadata["RegisterModel"] = {"Arn": arn}
        return self._packages.require(arn)


class FailStepRunner:
    """Ends the execution with a message."""

    async def run(self, execution: Execution, record: StepRecord) -> JsonObject:
        """Runs one step of type Fail, which always raises."""
        message = str(_resolved(execution, record)["ErrorMessage"])
        record.metadata["Fail"] = {"ErrorMessage": message}
        raise ExecutionFailed(message)


def _resolved(execution: Execution, record: StepRecord) -> JsonObject:
    resolved: JsonObject = resolve(dict(record.definition.arguments), execution.scope())
    return resolved


def _validate(operation: str, request: JsonObject) -> None:
    validate_input(request, load_service_model("sagemaker"), operation)


def _uri_of(job: JsonObject, file: JsonObject) -> str:
    for output in job["ProcessingOutputConfig"]["Outputs"]:
        if output["OutputName"] == file["OutputName"]:
            return f"{output['S3Output']['S3Uri'].rstrip('/')}/{file['FilePath']}"
    raise StepFailed(f'The step has no output "{file["OutputName"]}".')


def _read_property_file(path: Path, file: JsonObject) -> Any:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise StepFailed(
            f'Property file "{file["PropertyFileName"]}" cannot be read from '
            f'"{file["FilePath"]}": {error}.'
        ) from error
