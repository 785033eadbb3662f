"""What Spark had to do twice, as the jobs' logs tell, and what it leaves behind."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pyspark

from local.services.emr.spark_configuration import EVENT_LOG_DIRECTORY
from tests.python.streaming_run.job_process import JobProcess

_STAGE_SUBMITTED = '{"Event":"SparkListenerStageSubmitted"'


def query_restarts(jobs: Iterable[JobProcess]) -> int:
    """Returns how often a query failed and was started again."""
    return sum(job.log().count("The query failed (") for job in jobs)


def stages_retried(jobs: Iterable[JobProcess]) -> int:
    """Returns how many attempts of stages were not the stage's first one."""
    return sum(_later_attempts(job) for job in jobs)


def remove_executors_folder(job: JobProcess) -> None:
    """Removes what a job's executors have said."""
    # Spark's local cluster writes it into its own installation, always.
    folder = Path(pyspark.__file__).parent / "work"
    for log in job.folder.joinpath(EVENT_LOG_DIRECTORY).glob("app-*"):
        shutil.rmtree(folder / log.name.partition(".")[0], ignore_errors=True)


def _later_attempts(job: JobProcess) -> int:
    attempts = 0
    for path in job.folder.joinpath(EVENT_LOG_DIRECTORY).iterdir():
        with path.open(encoding="utf-8") as log:
            for line in log:
                # A driver that was killed leaves half a line at the end.
                if line.startswith(_STAGE_SUBMITTED) and line.endswith("}\n"):
                    attempts += json.loads(line)["Stage Info"]["Stage Attempt ID"] > 0
    return attempts
