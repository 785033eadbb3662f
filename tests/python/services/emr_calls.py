"""Short forms of the EMR operations."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from botocore.exceptions import ClientError

PYTHON = [sys.executable, "-c"]


SLEEP = [*PYTHON, "import time; time.sleep(60)"]


def instances(**members: Any) -> dict[str, Any]:
    fleet = {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": members.pop("primaries", 1)}
    return {"KeepJobFlowAliveWhenNoSteps": True, "InstanceFleets": [fleet], **members}


def create(services: Any, concurrency: int = 1, **members: Any) -> str:
    return str(
        services.emr.run_job_flow(
            Name="spark",
            ReleaseLabel="emr-7.14.0",
            Instances=instances(**members),
            StepConcurrencyLevel=concurrency,
        )["JobFlowId"]
    )


def config(*arguments: str, action: str = "CONTINUE") -> dict[str, Any]:
    jar = {"Jar": "command-runner.jar", "Args": list(arguments)}
    return {"Name": "step", "ActionOnFailure": action, "HadoopJarStep": jar}


def add(services: Any, cluster: str, *configs: Any) -> list[str]:
    return list(services.emr.add_job_flow_steps(JobFlowId=cluster, Steps=list(configs))["StepIds"])


def status(services: Any, cluster: str, step: str) -> Any:
    return services.emr.describe_step(ClusterId=cluster, StepId=step)["Step"]["Status"]


def state(services: Any, cluster: str, step: str) -> str:
    return str(status(services, cluster, step)["State"])


def ended(services: Any, cluster: str, step: str, seconds: float = 60) -> Any:
    return services.until(
        lambda: (
            status(services, cluster, step)
            if state(services, cluster, step) not in ("PENDING", "RUNNING")
            else None
        ),
        seconds,
    )


def cluster_state(services: Any, cluster: str) -> str:
    return str(services.emr.describe_cluster(ClusterId=cluster)["Cluster"]["Status"]["State"])


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]
