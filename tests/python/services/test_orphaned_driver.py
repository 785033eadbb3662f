"""Drivers that outlive the step of a cluster-mode application."""

from __future__ import annotations

import os
from typing import Any

from local.services.emr.step_command import on_this_machine, outlives_its_step
from tests.python.services.emr_calls import PYTHON, add, config, create, ended

# Works for a minute, and says under which process id; an event log names its application.
DRIVER = (
    "import os, time; open('event-log/application_1_0001', 'w');"
    "print(os.getpid(), flush=True); time.sleep(60)"
)


def orphan(services: Any) -> tuple[str, int]:
    """Leaves a driver behind; returns its cluster and its process id."""
    cluster = create(services, concurrency=2)
    step = add(services, cluster, config(*PYTHON, DRIVER, "--deploy-mode", "cluster"))[0]
    output = services.directory / "emr" / cluster / step / "stdout"
    driver = int(services.until(lambda: output.exists() and output.read_text().strip()))
    services.emr.cancel_steps(
        ClusterId=cluster, StepIds=[step], StepCancellationOption="TERMINATE_PROCESS"
    )
    assert ended(services, cluster, step)["State"] == "CANCELLED"
    os.kill(driver, 0)
    return cluster, driver


def is_gone(process_id: int) -> bool:
    """Whether a process has ended."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_driver_outlives_its_cancelled_step_until_its_application_is_killed(
    services: Any,
) -> None:
    cluster, driver = orphan(services)
    kill = add(services, cluster, config("yarn", "application", "-kill", "application_1_0001"))[0]
    assert ended(services, cluster, kill)["State"] == "COMPLETED"
    assert services.until(lambda: is_gone(driver))


def test_a_driver_that_outlived_its_step_ends_with_its_cluster(services: Any) -> None:
    cluster, driver = orphan(services)
    services.emr.terminate_job_flows(JobFlowIds=[cluster])
    assert services.until(lambda: is_gone(driver))


def test_only_cluster_mode_has_a_driver_beside_its_step() -> None:
    submit = ["spark-submit", "--deploy-mode", "cluster", "job.py"]
    assert outlives_its_step(submit)
    assert on_this_machine(submit) == ["spark-submit", "--deploy-mode", "client", "job.py"]
    for other in (["spark-submit", "job.py"], ["spark-submit", "--deploy-mode", "client"]):
        assert not outlives_its_step(other)
        assert on_this_machine(other) == other


def test_what_yarn_would_place_runs_here_with_this_machines_python() -> None:
    settings = ["--conf", "spark.a=1", "--conf", "spark.pyspark.python=/usr/bin/python3.11"]
    yarn = ["spark-submit", "--master", "yarn", "--deploy-mode", "cluster", *settings, "job.py"]
    assert on_this_machine(yarn) == [
        *("spark-submit", "--master", "local[2]", "--deploy-mode", "client"),
        *("--conf", "spark.a=1", "job.py"),
    ]
    client = ["spark-submit", "--master", "yarn", "--deploy-mode", "client", *settings, "job.py"]
    assert on_this_machine(client) == client
