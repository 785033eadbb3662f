"""Training jobs: the toolkit in AWS's images, run without a container."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import time
from pathlib import Path

from local.permissions.calls.containers import container_calls, output_key_calls
from local.services.processes.failure_reason import read_tail
from local.services.protocol.handler import JsonObject
from local.services.sagemaker.job import JobFailed, Jobs, JobStopped, begin_as, run_container
from local.services.sagemaker.training_layout import channel_uris, write_layout
from local.services.storage.object_store import ObjectStore, StorageError

# `-P`: not this folder, either.
TRAIN_COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("train_command.py")))
"""Runs the package sagemaker-training as the command of AWS's containers does."""

log = logging.getLogger(__name__)


class TrainingJobs(Jobs):
    """The training jobs; the folder of one stands for the container's /opt/ml."""

    kind = "Training"

    def begin(self, name: str, request: JsonObject) -> JsonObject:
        """Creates the job; `run` has to follow at once."""
        job = super().begin(name, request)
        job["SecondaryStatus"] = "Starting"
        return job

    async def run(self, job: JsonObject) -> None:
        """Runs a job to its end."""
        try:
            await self._run(job)
        except (JobFailed, StorageError, asyncio.CancelledError) as error:
            stopped = isinstance(error, (JobStopped, asyncio.CancelledError))
            status = "Stopped" if stopped else "Failed"
            job["SecondaryStatus"] = (
                "MaxRuntimeExceeded" if isinstance(error, JobStopped) else status
            )
            if isinstance(error, asyncio.CancelledError):
                self.finish(job, status)
                raise
            reason = str(error) if isinstance(error, JobFailed) else f"ClientError: {error}"
            self.finish(job, status, reason)
            raise JobFailed(reason) from error
        job["SecondaryStatus"] = "Completed"
        self.finish(job, "Completed")

    async def _run(self, job: JsonObject) -> None:
        base = self.directory(job)
        log.info("Training job %s runs in %s.", job["TrainingJobName"], base)
        _warn_of_what_differs(job)
        self._authorize(job)
        store = self._store.of(self._settings.roles.environment(job["RoleArn"]))
        await asyncio.to_thread(write_layout, base, job)
        job["SecondaryStatus"] = "Downloading"
        for channel, uri in channel_uris(job).items():
            await asyncio.to_thread(store.download_prefix, uri, base / "input" / "data" / channel)
        job["SecondaryStatus"] = "Training"
        environment = self._settings.child_environment(
            {
                **job.get("Environment", {}),
                "SAGEMAKER_BASE_DIR": str(base),
                "TRAINING_JOB_NAME": job["TrainingJobName"],
                "TRAINING_JOB_ARN": job["TrainingJobArn"],
            },
            job["RoleArn"],
        )
        seconds = float(job.get("StoppingCondition", {}).get("MaxRuntimeInSeconds", 86400))
        await run_container(self._children, TRAIN_COMMAND, base, environment, seconds)
        job["FinalMetricDataList"] = final_metrics(job, read_tail(base / "stdout"))
        job["SecondaryStatus"] = "Uploading"
        await self._upload(job, base, store)

    def _authorize(self, job: JsonObject) -> None:
        roles = self._settings.roles
        if roles.place is not None:
            image = job["AlgorithmSpecification"].get("TrainingImage")
            calls = container_calls(
                roles.place, image, "/aws/sagemaker/TrainingJobs", "/aws/sagemaker/TrainingJobs"
            )
            key = job["OutputDataConfig"].get("KmsKeyId")
            begin_as(roles, job["RoleArn"], [*calls, *output_key_calls(key)])

    async def _upload(self, job: JsonObject, base: Path, store: ObjectStore) -> None:
        target = f"{job['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{job['TrainingJobName']}"
        uri = f"{target}/output/model.tar.gz"
        if not any((base / "model").iterdir()):
            raise JobFailed("AlgorithmError: The training script wrote nothing to SM_MODEL_DIR.")
        archive = base / "upload" / "model.tar.gz"
        await asyncio.to_thread(store.upload_archive, base / "model", archive, uri)
        if any((base / "output" / "data").iterdir()):
            archive = base / "upload" / "output.tar.gz"
            await asyncio.to_thread(
                store.upload_archive,
                base / "output" / "data",
                archive,
                f"{target}/output/output.tar.gz",
            )
        job["ModelArtifacts"] = {"S3ModelArtifacts": uri}


def final_metrics(job: JsonObject, output: str) -> list[JsonObject]:
    """Returns the last value of each metric in the output, by the patterns of the job."""
    metrics = []
    for definition in job["AlgorithmSpecification"].get("MetricDefinitions", []):
        values = re.findall(definition["Regex"], output)
        if values:
            metrics.append(
                {
                    "MetricName": definition["Name"],
                    "Value": float(values[-1]),
                    "Timestamp": time.time(),
                }
            )
    return metrics


def _warn_of_what_differs(job: JsonObject) -> None:
    instances = job.get("ResourceConfig", {}).get("InstanceCount", 1)
    if instances > 1:
        log.warning("Training asks for %d instances; one machine runs one.", instances)
    if "CheckpointConfig" in job:
        log.warning("Training asks for checkpoints in S3; here they end with the job.")
